import { Hono } from "hono";
import { type HttpParts, sessionUserId } from "./http-parts.ts";
import { errorAnswer, jsonAnswer, signInFirst } from "./json-answer.ts";

const defaultDeliveries = 50;
/** About 250 kB of JSON; whoever wants more asks the database. */
const maxDeliveries = 500;

/** What system administrators see. Never message text: the record holds none. */
export function adminRoutes(parts: HttpParts): Hono {
  const routes = new Hono();

  const refusal = async (request: Request): Promise<Response | undefined> => {
    const userId = sessionUserId(request);
    if (userId === undefined) return signInFirst();
    if (await parts.administrators.isAdministrator(userId)) return undefined;
    return errorAnswer(403, "Only system administrators can see this.");
  };

  routes.get("/api/v1/admin/status", async (context) => {
    const refused = await refusal(context.req.raw);
    if (refused !== undefined) return refused;
    const setup = parts.setup();
    if (setup.kind !== "ready") return jsonAnswer({ state: "not-set-up", problems: setup.problems });
    return jsonAnswer({ state: "ready", ...(await setup.integration.overview()) });
  });

  routes.get("/api/v1/admin/deliveries", async (context) => {
    const refused = await refusal(context.req.raw);
    if (refused !== undefined) return refused;
    const setup = parts.setup();
    if (setup.kind !== "ready") return errorAnswer(503, "The plugin is not set up yet; see /msteams status.");
    const limit = limitOf(context.req.query("limit"));
    if (limit === undefined) return errorAnswer(400, `limit is a number from 1 to ${maxDeliveries}.`);
    return jsonAnswer({ deliveries: await setup.integration.recentDeliveries(limit) });
  });

  return routes;
}

function limitOf(text: string | undefined): number | undefined {
  if (text === undefined) return defaultDeliveries;
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= maxDeliveries ? limit : undefined;
}
