import { Hono } from "hono";
import { z } from "zod";
import { snoozedText } from "../../application/commands/snooze-answers.ts";
import type { Snoozed } from "../../application/connections/snooze.ts";
import { sayTime } from "../../domain/until.ts";
import { paths, type SnoozeAnswer, type Snoozing } from "./contract.ts";
import type { HttpParts } from "./http-parts.ts";
import { sessionUserId } from "./http-parts.ts";
import { errorAnswer, jsonAnswer, notSetUp, signInFirst } from "./json-answer.ts";
import { whoAsks } from "./who-asks.ts";

/** Some words. */
const snoozing: z.ZodType<Snoozing> = z.object({ until: z.string().min(1).max(50) });

/** A person's snooze, for the preferences page. */
export function snoozeRoutes(parts: HttpParts): Hono {
  const routes = new Hono();

  routes.get(paths.snooze, async (context) => {
    const userId = sessionUserId(context.req.raw);
    const setup = parts.setup();
    if (userId === undefined) return signInFirst();
    if (setup.kind !== "ready") return errorAnswer(503, notSetUp);
    return answer(await setup.integration.snooze(userId, undefined));
  });

  routes.put(paths.snooze, async (context) => {
    const asked = await whoAsks(parts, context.req.raw);
    if (asked instanceof Response) return asked;
    const { data } = snoozing.safeParse(asked.json);
    if (data === undefined) return errorAnswer(400, "This is no time to snooze until.");
    return answer(await asked.integration.snooze(asked.userId, data.until));
  });

  return routes;
}

function answer(snoozed: Snoozed): Response {
  switch (snoozed.kind) {
    case "not-connected":
      return jsonAnswer<SnoozeAnswer>({});
    case "is":
    case "became": {
      const { untilMs, here } = snoozed;
      return jsonAnswer<SnoozeAnswer>({
        snooze: untilMs === undefined ? {} : { until: sayTime(untilMs, here) },
      });
    }
    default:
      return errorAnswer(400, snoozedText(snoozed));
  }
}
