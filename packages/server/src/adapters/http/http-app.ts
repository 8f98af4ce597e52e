import { Hono } from "hono";
import { adminRoutes } from "./admin-routes.ts";
import { chatRoutes } from "./chat-routes.ts";
import { connectRoutes } from "./connect-routes.ts";
import { connectionRoutes } from "./connection-routes.ts";
import type { HttpParts } from "./http-parts.ts";
import { errorAnswer } from "./json-answer.ts";
import { quietRoutes } from "./quiet-routes.ts";
import { snoozeRoutes } from "./snooze-routes.ts";
import { webhookRoutes } from "./webhook-routes.ts";

/** Everything below `/plugins/<id>`, as a function from request to response. Never rejects. */
export function httpApp(parts: HttpParts): (request: Request) => Promise<Response> {
  const app = new Hono();
  app.route("/", webhookRoutes(parts));
  app.route("/", connectRoutes(parts));
  app.route("/", connectionRoutes(parts));
  app.route("/", chatRoutes(parts));
  app.route("/", snoozeRoutes(parts));
  app.route("/", quietRoutes(parts));
  app.route("/", adminRoutes(parts));
  app.notFound((context) => {
    const methods = app.routes.filter(({ path }) => path === context.req.path).map(({ method }) => method);
    if (methods.length === 0) return errorAnswer(404, "There is nothing at this address.");
    const refusal = errorAnswer(405, "This address cannot be asked that way.");
    refusal.headers.set("allow", methods.join(", "));
    return refusal;
  });
  app.onError((error, context) => {
    parts.log.error("A request failed", { path: context.req.path, cause: error.name });
    return errorAnswer(503, "This did not work. Please try again in a minute.");
  });
  return async (request) => app.fetch(request);
}
