import { Hono } from "hono";
import { z } from "zod";
import { quietText } from "../../application/commands/quiet-answers.ts";
import type { QuietHoursChosen } from "../../application/connections/quiet-hours.ts";
import { sayQuietHours } from "../../domain/quiet-hours.ts";
import { paths, type QuietAnswer, type QuietChoosing } from "./contract.ts";
import { type HttpParts, sessionUserId } from "./http-parts.ts";
import { errorAnswer, jsonAnswer, notSetUp, signInFirst } from "./json-answer.ts";
import { whoAsks } from "./who-asks.ts";

/** More than all days of the week need. */
const choosing: z.ZodType<QuietChoosing> = z.object({ hours: z.string().max(500) });

/** A person's quiet hours, for the preferences page. */
export function quietRoutes(parts: HttpParts): Hono {
  const routes = new Hono();

  routes.get(paths.quiet, async (context) => {
    const userId = sessionUserId(context.req.raw);
    const setup = parts.setup();
    if (userId === undefined) return signInFirst();
    if (setup.kind !== "ready") return errorAnswer(503, notSetUp);
    return answer(await setup.integration.quietHours(userId, undefined));
  });

  routes.put(paths.quiet, async (context) => {
    const asked = await whoAsks(parts, context.req.raw);
    if (asked instanceof Response) return asked;
    const { data } = choosing.safeParse(asked.json);
    if (data === undefined) return errorAnswer(400, "These are no hours.");
    // An empty field says that there are none.
    return answer(await asked.integration.quietHours(asked.userId, data.hours.trim() || "off"));
  });

  return routes;
}

function answer(chosen: QuietHoursChosen): Response {
  switch (chosen.kind) {
    case "not-connected":
      return jsonAnswer<QuietAnswer>({});
    case "not-understood":
      return errorAnswer(400, quietText(chosen));
    default:
      return jsonAnswer<QuietAnswer>({ quiet: { hours: sayQuietHours(chosen.hours) } });
  }
}
