import { type Context, Hono } from "hono";
import type { Faults } from "../faults/faults.ts";
import type { Responder } from "../listening/listener.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { AccessToken, AccessTokenVerifier } from "../tenant/tokens.ts";
import { authenticate, authorize } from "./authorize.ts";
import { download } from "./downloads.ts";
import { errorBody, GraphError, notImplemented } from "./graph-error.ts";
import { ConnectionDropped, meetFaults } from "./meet-faults.ts";
import type { RequestLog } from "./request-log.ts";
import type { GraphAnswer, GraphCall, GraphRoute } from "./route.ts";
import { batchRoute } from "./routes/batch.ts";
import {
  documentedAllowances,
  perChatAllowance,
  perUserChatAllowance,
  Throttle,
  userAllowance,
  userUnits,
} from "./throttle.ts";

/** What becomes known of one request while it is answered. */
interface Trace {
  readonly requestId: string;
  readonly clientRequestId: string;
  route: string | null;
  clientId: string | null;
  dropped: boolean;
}

interface Environment {
  readonly Bindings: { readonly trace: Trace };
}

export interface GraphParts {
  readonly tenant: Tenant;
  readonly verifier: AccessTokenVerifier;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly routes: readonly GraphRoute[];
  /** Whether the limits of section 7 are in force. */
  readonly throttling: boolean;
}

/** The Graph listener, and its routes as hono knows them. */
export interface Graph {
  readonly respond: Responder;
  readonly app: Hono<Environment>;
}

/** Puts each route behind request ids, faults, authentication, throttling and permissions, in this order. */
export function createGraph(parts: GraphParts): Graph {
  const { tenant } = parts;
  const throttle = parts.throttling ? new Throttle(tenant.clock) : null;
  const app = new Hono<Environment>();

  const respond: Responder = async (request, connection) => {
    const startedAt = tenant.clock.now();
    const requestId = tenant.randomness.guid();
    const clientRequestId = request.headers.get("client-request-id") ?? requestId;
    const trace: Trace = { requestId, clientRequestId, route: null, clientId: null, dropped: false };
    const answer = await app.fetch(request, { trace });
    answer.headers.set("request-id", requestId);
    answer.headers.set("client-request-id", clientRequestId);
    parts.requests.add({
      at: startedAt,
      method: request.method,
      path: new URL(request.url).pathname,
      route: trace.route,
      status: trace.dropped ? null : answer.status,
      elapsedMs: tenant.clock.now() - startedAt,
      clientId: trace.clientId,
    });
    if (trace.dropped) connection.reset();
    return answer;
  };

  for (const route of [...parts.routes, batchRoute(respond)]) {
    const name = `${route.method} /v1.0${route.path}`;
    app.on(route.method, [`/v1.0${route.path}`], async (context) => {
      const { trace } = context.env;
      trace.route = name;
      await meetFaults(parts.faults.meet(name), tenant.clock);
      const token = await authenticate(context.req.header("authorization"), parts.verifier);
      trace.clientId = token.clientId;
      if (throttle !== null) admit({ throttle, tenant }, route, token, context);
      if (route.openToEveryToken !== true) authorize(token, route.permissions);
      return answered(await route.respond(callOf(context, token)));
    });
  }
  app.get("/download/:ticket", async (context) => {
    context.env.trace.route = "GET /download/:ticket";
    await meetFaults(parts.faults.meet("GET /download/:ticket"), tenant.clock);
    return download(tenant.drive, context.req.param("ticket"), context.req.header("authorization"));
  });
  app.notFound((context) =>
    failed(notImplemented(`${context.req.method} ${context.req.path}`), context.env.trace, tenant),
  );
  app.onError((error, context) => failed(error, context.env.trace, tenant));
  return { respond, app };
}

function admit(
  { throttle, tenant }: { readonly throttle: Throttle; readonly tenant: Tenant },
  route: GraphRoute,
  token: AccessToken,
  context: Context<Environment>,
): void {
  const chatId = context.req.param("chatId");
  const userId = context.req.param("userId");
  if (route.throttle === "users") {
    const units = userUnits(new URL(context.req.url).searchParams);
    throttle.admit(`${token.clientId} users`, userAllowance(tenant.directory.users.length), units);
  }
  const allowance = documentedAllowances[route.throttle];
  if (allowance !== undefined) throttle.admit(`${token.clientId} ${route.throttle}`, allowance);
  if (route.throttle === "chatList")
    throttle.admit(`chats of ${userId ?? token.clientId}`, perUserChatAllowance);
  else if (chatId !== undefined) throttle.admit(`${token.clientId} ${chatId}`, perChatAllowance);
}

function callOf(context: Context<Environment>, token: AccessToken): GraphCall {
  return {
    token,
    url: new URL(context.req.url),
    parameter: (name) => {
      const value = context.req.param(name);
      if (value === undefined) throw new TypeError(`This route has no parameter ${name}.`);
      return value;
    },
    header: (name) => context.req.header(name),
    json: async () => {
      try {
        const parsed: unknown = JSON.parse(await context.req.text());
        return parsed;
      } catch (cause) {
        throw new GraphError(400, "BadRequest", "Unable to read JSON request payload.", { cause });
      }
    },
  };
}

function answered(answer: GraphAnswer): Response {
  if (answer.body === undefined) {
    const headers: Record<string, string> =
      answer.location === undefined ? {} : { location: answer.location };
    return new Response(null, { status: answer.status, headers });
  }
  if ("bytes" in answer.body) {
    const headers = { "content-type": answer.body.contentType };
    return new Response(answer.body.bytes.slice(), { status: answer.status, headers });
  }
  const headers = { "content-type": "application/json;odata.metadata=minimal;charset=utf-8" };
  return new Response(JSON.stringify(answer.body.json), { status: answer.status, headers });
}

function failed(error: unknown, trace: Trace, tenant: Tenant): Response {
  if (error instanceof ConnectionDropped) {
    trace.dropped = true;
    return new Response(null, { status: 500 });
  }
  const known =
    error instanceof GraphError
      ? error
      : new GraphError(500, "InternalServerError", "The simulated tenant failed on this request.", {
          cause: error,
        });
  const { requestId, clientRequestId } = trace;
  const date = new Date(tenant.clock.now()).toISOString().slice(0, 19);
  const headers = { "content-type": "application/json", ...known.headers };
  return new Response(JSON.stringify(errorBody(known, { requestId, clientRequestId, date })), {
    status: known.status,
    headers,
  });
}
