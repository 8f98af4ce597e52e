import { AppError } from "../app-error.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { readBody } from "./body.ts";
import { type Rest, requireSelf, statusOk, userParam } from "./rest.ts";

/** A person's sign-ins; their tokens are never shown. */
export function userSessionRoutes(rest: Rest, parts: NodeParts): void {
  const { sessions } = parts.system;

  rest.get("/users/:user_id/sessions", (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    return context.json(
      sessions.ofUser(userId).map((session) => ({
        id: session.id,
        token: "",
        create_at: session.createAt,
        expires_at: session.expiresAt,
        last_activity_at: session.createAt,
        user_id: session.userId,
        device_id: "",
        roles: session.roles,
        is_oauth: false,
        props: {},
      })),
    );
  });

  rest.post("/users/:user_id/sessions/revoke", async (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    const session = sessions.get((await readBody(context)).text("session_id"));
    if (session.userId !== userId) throw new AppError("app.session.get.app_error");
    sessions.revoke(session);
    return context.json(statusOk);
  });

  rest.post("/users/:user_id/sessions/revoke/all", (context) => {
    const userId = userParam(context);
    requireSelf(parts, context, userId);
    for (const session of sessions.ofUser(userId)) sessions.revoke(session);
    return context.json(statusOk);
  });
}
