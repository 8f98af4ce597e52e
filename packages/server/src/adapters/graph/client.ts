import { z } from "zod";
import type { Clock } from "../../application/clock.ts";
import { GraphError, type GraphErrorCode } from "../../application/graph/graph-error.ts";
import type { RequestTurn } from "../../application/graph/request-turn.ts";
import type { Log } from "../../application/log.ts";
import type { AccessTokens } from "./access-tokens.ts";
import { quotaOf } from "./request-quota.ts";
import { RequestTurns, type Waiting } from "./request-turns.ts";
import { TokenError, type TokenErrorCode } from "./tokens.ts";

export interface GraphClientOptions {
  /** Scheme and host, without version: `https://graph.microsoft.com`. */
  readonly graphUrl: string;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  readonly log: Log;
  /** Of this client alone unless given. */
  readonly turns?: RequestTurns;
  readonly fetch?: typeof fetch;
}

export interface GraphRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below `/v1.0`, starting with a slash, already percent-encoded. */
  readonly path: string;
  readonly body?: unknown;
  /** Headers Graph documents for single routes, such as `Prefer`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the token must live, where what is asked for lasts only as long. */
  readonly tokenLifeMs?: number;
  /** Who waits for its turn. Unless given, a request whose turn is not now fails at once as `throttled`. */
  readonly turn?: RequestTurn | undefined;
}

/** Longer than Graph's slowest normal answer, shorter than a person's patience with a page that waits for it. */
const requestTimeoutMs = 15_000;

/** A 429 that names no time: what Microsoft's own client waits first (facts, section 7). */
const pauseWithoutWishMs = 3_000;

/**
 * A thin client of Microsoft Graph v1.0. It renews a refused token once and otherwise answers every failure with a
 * {@link GraphError}: whether and when to try again is the caller's decision, who knows what waits behind the request.
 * Nothing is sent beyond Graph's allowance, nor after a 429 until its `Retry-After` has passed, because early retries count
 * against the quota (throttling facts, section 7). Until then a request waits, or fails at once, as its `turn` says; what
 * Graph refused with 429 was not done and has another turn.
 */
export class GraphClient {
  readonly #options: GraphClientOptions;
  readonly #fetch: typeof fetch;
  readonly #turns: RequestTurns;

  constructor(options: GraphClientOptions) {
    this.#options = options;
    this.#fetch = options.fetch ?? fetch;
    this.#turns = options.turns ?? new RequestTurns(options);
  }

  /** The parsed JSON answer, `undefined` for an empty one. Throws {@link GraphError}. */
  async request(request: GraphRequest): Promise<unknown> {
    return this.#read(request, await this.#answer(request, () => AbortSignal.timeout(requestTimeoutMs)));
  }

  /**
   * The answer with its body unread, for bytes; one that sends the caller elsewhere (302) counts as an answer and is not
   * followed, because the token must stay here. `signal` ends the reading too. Throws {@link GraphError} for the rest.
   */
  async open(request: GraphRequest, signal: AbortSignal): Promise<Response> {
    const response = await this.#answer(request, () => signal);
    if (!response.ok && response.status !== 302) await this.#read(request, response);
    return response;
  }

  async #answer(request: GraphRequest, signal: () => AbortSignal): Promise<Response> {
    const waiting = this.#turns.begin(request.turn);
    for (;;) {
      using _turn = await this.#turns.next(quotaOf(request), waiting);
      const response = await this.#authorized(request, signal);
      if (response.status !== 429 || !(await this.#mayWait(request, waiting, response))) return response;
    }
  }

  /** Notes the pause that a 429 asks for; true when the request waits for its end. */
  async #mayWait(request: GraphRequest, waiting: Waiting, refusal: Response): Promise<boolean> {
    const pauseMs = this.#retryAfterMs(refusal) ?? pauseWithoutWishMs;
    const isPatient = await this.#turns.refused(quotaOf(request), waiting, pauseMs);
    if (isPatient) await refusal.body?.cancel();
    return isPatient;
  }

  async #authorized(request: GraphRequest, signal: () => AbortSignal): Promise<Response> {
    const { tokens } = this.#options;
    const token = await tokens.current(request.tokenLifeMs).catch(withoutToken);
    const first = await this.#send(request, token, signal());
    if (first.status !== 401) return first;
    await first.body?.cancel();
    const renewed = await tokens.renew(token).catch(withoutToken);
    return this.#send(request, renewed, signal());
  }

  async #send(request: GraphRequest, token: string, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = {
      ...request.headers,
      authorization: `Bearer ${token}`,
      accept: "application/json",
    };
    const init: RequestInit = {
      method: request.method,
      headers,
      redirect: "manual",
      signal,
    };
    if (request.body !== undefined) {
      headers["content-type"] = "application/json";
      init.body = JSON.stringify(request.body);
    }
    try {
      return await this.#fetch(`${this.#options.graphUrl}/v1.0${request.path}`, init);
    } catch (cause) {
      throw new GraphError(
        "unreachable",
        `Microsoft Graph could not be reached at ${this.#options.graphUrl}.`,
        { cause },
      );
    }
  }

  async #read(request: GraphRequest, response: Response): Promise<unknown> {
    const text = await response.text().catch((cause: unknown) => {
      throw new GraphError("unreachable", "The connection to Microsoft Graph broke during an answer.", {
        cause,
      });
    });
    if (response.ok) return text === "" ? undefined : parseJson(text, response);
    throw this.#failure(request, response, text);
  }

  #failure(request: GraphRequest, response: Response, text: string): GraphError {
    const code = codeOf(response.status, text);
    const retryAfterMs = this.#retryAfterMs(response);
    const requestId = response.headers.get("request-id") ?? undefined;
    const { code: graphCode, message } = graphErrorIn(text);
    const existingId = code === "conflict" ? subscriptionIdIn(message) : undefined;
    this.#options.log.debug("Microsoft Graph refused a request", {
      method: request.method,
      status: response.status,
      code: graphCode ?? code,
      requestId: requestId ?? "",
    });
    return new GraphError(code, describe(code, response.status, graphCode), {
      status: response.status,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(requestId === undefined ? {} : { requestId }),
      ...(existingId === undefined ? {} : { existingId }),
    });
  }

  #retryAfterMs(response: Response): number | undefined {
    return retryAfter(response.headers.get("retry-after"), this.#options.clock.now());
  }
}

function parseJson(text: string, response: Response): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new GraphError("unexpected", "Microsoft Graph answered with something that is not JSON.", {
      status: response.status,
      cause,
    });
  }
}

/** What it means for a request to Graph that Entra gave no token. The texts are Entra's own. */
const codeWithoutToken: Readonly<Record<TokenErrorCode, GraphErrorCode>> = {
  unreachable: "unreachable",
  unexpected: "unavailable",
  "misconfigured-client": "unauthorized",
  "consent-missing": "forbidden",
  "blocked-by-policy": "forbidden",
  declined: "unauthorized",
  "expired-code": "unauthorized",
};

function withoutToken(cause: unknown): never {
  if (cause instanceof TokenError)
    throw new GraphError(codeWithoutToken[cause.code], cause.message, { cause });
  throw cause;
}

const codeByStatus: Readonly<Record<number, GraphErrorCode>> = {
  400: "invalid-request",
  401: "unauthorized",
  402: "forbidden",
  403: "forbidden",
  404: "not-found",
  409: "conflict",
  410: "not-found",
  429: "throttled",
  500: "unavailable",
  502: "unavailable",
  503: "unavailable",
  504: "unavailable",
};

/**
 * Graph answers 403 both for a missing permission and for a reached subscription limit. Only the words of its message
 * tell the two apart (facts, section 3), so this is the one place that looks at them.
 */
function codeOf(status: number, text: string): GraphErrorCode {
  const code = codeByStatus[status] ?? (status >= 500 ? "unavailable" : "unexpected");
  return code === "forbidden" && /\blimit\b|quota/i.test(text) ? "limit-reached" : code;
}

const graphErrorBody = z.object({
  error: z.object({ code: z.string().optional().catch(undefined), message: z.string().catch("") }),
});

function graphErrorIn(text: string): { readonly code?: string | undefined; readonly message: string } {
  const none = { message: "" };
  try {
    const body = graphErrorBody.safeParse(JSON.parse(text));
    return body.success ? body.data.error : none;
  } catch {
    return none;
  }
}

/** Graph names the subscription that is in the way of another in its message alone (facts, section 3). */
function subscriptionIdIn(message: string): string | undefined {
  return /\bSubscription Id <?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\b/i.exec(message)?.[1];
}

/** `Retry-After` comes as seconds or as an HTTP date. */
function retryAfter(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

function describe(code: GraphErrorCode, status: number, graphCode: string | undefined): string {
  const cause = graphCode === undefined ? `${status}` : `${status} ${graphCode}`;
  switch (code) {
    case "throttled":
      return `Microsoft Graph limits our requests for a moment (${cause}).`;
    case "unavailable":
      return `Microsoft Graph has a problem of its own (${cause}).`;
    case "unauthorized":
      return `Microsoft Graph refused our access token (${cause}). Check the client secret and that the application still exists.`;
    case "forbidden":
      return `Microsoft Graph denied access (${cause}). Check that an administrator of the tenant consented to the application's permissions.`;
    case "limit-reached":
      return `A limit of Microsoft Graph is reached (${cause}).`;
    case "not-found":
      return `Microsoft Graph does not know it any more (${cause}).`;
    default:
      return `Microsoft Graph refused the request (${cause}).`;
  }
}
