import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { ZodError } from "zod";
import { TenantError, type TenantErrorCode } from "../tenant/tenant-error.ts";
import type { TenantControl } from "../tenant-control.ts";
import { addEventStream } from "./event-stream.ts";
import { addChatRoutes } from "./routes/chats.ts";
import { addFaultRoutes } from "./routes/faults.ts";
import { addMessageRoutes } from "./routes/messages.ts";
import { addObservationRoutes, type TenantAddresses } from "./routes/observation.ts";
import { addPeopleRoutes } from "./routes/people.ts";
import { addSubscriptionRoutes } from "./routes/subscriptions.ts";

export interface ControlParts {
  readonly tenant: TenantControl;
  readonly addresses: TenantAddresses;
  /** Origins of pages that may use this API from a browser; without, no page may. */
  readonly origins: readonly string[];
}

const statusOf: Readonly<Record<TenantErrorCode, 400 | 404 | 409>> = {
  "unknown-user": 404,
  "unknown-chat": 404,
  "unknown-message": 404,
  "unknown-app": 404,
  "not-a-member": 409,
  invalid: 400,
  conflict: 409,
};

/** The JSON API through which a page or a test acts as the tenant's people and its owner. */
export function createControl(parts: ControlParts): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    const origin = context.req.header("origin");
    // A page from elsewhere must not act in the tenant behind its owner's back.
    if (origin !== undefined && !parts.origins.includes(origin)) {
      return context.json(
        { error: { code: "foreign-origin", message: `The control API is not open to ${origin}.` } },
        403,
      );
    }
    if (context.req.method === "OPTIONS") context.res = new Response(null, { status: 204 });
    else await next();
    if (origin !== undefined) {
      context.header("access-control-allow-origin", origin);
      context.header("access-control-allow-headers", "content-type");
      context.header("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE");
      context.header("vary", "origin");
    }
    return undefined;
  });
  addPeopleRoutes(app, parts.tenant);
  addChatRoutes(app, parts.tenant);
  addMessageRoutes(app, parts.tenant);
  addFaultRoutes(app, parts.tenant);
  addSubscriptionRoutes(app, parts.tenant);
  addObservationRoutes(app, parts.tenant, parts.addresses);
  addEventStream(app, parts.tenant);
  app.notFound((context) => {
    const message = `The control API has no route ${context.req.method} ${context.req.path}.`;
    return context.json({ error: { code: "unknown-route", message } }, 501);
  });
  app.onError((error, context) => {
    if (error instanceof TenantError) {
      return context.json({ error: { code: error.code, message: error.message } }, statusOf[error.code]);
    }
    if (error instanceof ZodError || error instanceof SyntaxError || error instanceof HTTPException) {
      return context.json({ error: { code: "invalid", message: error.message } }, 400);
    }
    return context.json({ error: { code: "internal", message: "The simulated tenant failed." } }, 500);
  });
  return app;
}
