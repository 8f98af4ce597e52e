import { Hono } from "hono";
import type { Integration } from "../../application/integration.ts";
import type { HttpParts } from "./http-parts.ts";
import { readJson } from "./request-body.ts";

/**
 * Graph puts several notifications into one request; a chat message is at most about 28 kB of text, encrypted and in
 * base64 less than 100 kB. This holds a batch of forty of the largest. Anything bigger is not a notification: 413.
 */
export const maxNotificationBytes = 4 * 1024 * 1024;

/** Graph's tokens have a few hundred characters; a longer one is an attempt to have something else said back. */
const maxValidationTokenCharacters = 4_096;

/** When nothing can be stored now, Graph's own pauses (up to 30 s) are soon enough. */
const retryAfterSeconds = "10";

type Receive = (integration: Integration, json: unknown) => Promise<{ readonly kind: string }>;

/** Where Graph posts change and lifecycle notifications (facts, sections 3 and 4). Whoever calls must prove to be Graph. */
export function webhookRoutes(parts: HttpParts): Hono {
  const routes = new Hono();
  routes.onError((error, context) => {
    parts.log.error("Notifications could not be received", { path: context.req.path, cause: error.name });
    return unavailable();
  });
  const at = (path: string, receive: Receive) =>
    routes.post(path, async (context) => {
      const token = context.req.query("validationToken");
      // Answered even while not set up: in a cluster another node may be the one that is subscribing.
      if (token !== undefined) return echo(token);
      const setup = parts.setup();
      if (setup.kind !== "ready") return unavailable();
      const body = await readJson(context.req.raw, maxNotificationBytes);
      if (body.kind === "too-large") return new Response(null, { status: 413 });
      if (body.kind === "not-json") return new Response(null, { status: 400 });
      const received = await receive(setup.integration, body.value);
      if (received.kind === "malformed") return new Response(null, { status: 400 });
      return received.kind === "unavailable" ? unavailable() : new Response(null, { status: 202 });
    });
  at("/webhook/changes", (integration, json) => integration.receiveChanges(json));
  at("/webhook/lifecycle", (integration, json) => integration.receiveLifecycle(json));
  return routes;
}

/** Graph's handshake: the decoded token as plain text. `nosniff` keeps a browser from reading it as anything else. */
function echo(token: string): Response {
  if (token.length > maxValidationTokenCharacters) return new Response(null, { status: 400 });
  const headers = {
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
  };
  return new Response(token, { status: 200, headers });
}

function unavailable(): Response {
  return new Response(null, { status: 503, headers: { "retry-after": retryAfterSeconds } });
}
