import { Hono } from "hono";
import { type ConnectAnswer, type ConnectionAnswer, paths } from "./contract.ts";
import { type HttpParts, sessionUserId } from "./http-parts.ts";
import { errorAnswer, jsonAnswer, notSetUp, signInFirst } from "./json-answer.ts";

/**
 * The web half's own routes, for the person signed in. Mattermost names that person only when the request is no forgery,
 * so asking for the name is the whole check.
 */
export function connectionRoutes(parts: HttpParts): Hono {
  const routes = new Hono();

  routes.get(paths.connection, async (context) => {
    const userId = sessionUserId(context.req.raw);
    if (userId === undefined) return signInFirst();
    const setup = parts.setup();
    if (setup.kind !== "ready") return jsonAnswer<ConnectionAnswer>({ state: "not-set-up" });
    const status = await setup.integration.connectionOf(userId);
    if (status.kind === "not-connected") return jsonAnswer<ConnectionAnswer>({ state: "not-connected" });
    const { account, preferences, limits } = status;
    return jsonAnswer<ConnectionAnswer>({
      state: "connected",
      account,
      notifications: preferences.notifications === "on",
      limits,
    });
  });

  routes.post(paths.connection, async (context) => {
    const userId = sessionUserId(context.req.raw);
    if (userId === undefined) return signInFirst();
    const setup = parts.setup();
    if (setup.kind !== "ready") return errorAnswer(503, notSetUp);
    const started = await setup.integration.start({ userId });
    if (started.kind === "link") return jsonAnswer<ConnectAnswer>({ url: started.url }, 201);
    return errorAnswer(409, `You are already connected to Teams as ${started.account}.`);
  });

  routes.delete(paths.connection, async (context) => {
    const userId = sessionUserId(context.req.raw);
    if (userId === undefined) return signInFirst();
    const setup = parts.setup();
    if (setup.kind !== "ready") return errorAnswer(503, notSetUp);
    await setup.integration.disconnect(userId);
    return new Response(null, { status: 204 });
  });

  return routes;
}
