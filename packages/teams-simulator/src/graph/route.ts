import type { AccessToken } from "../tenant/tokens.ts";
import type { ThrottleClass } from "./throttle.ts";

/** Which tokens may call a route: any one of the names suffices; an empty list means that this kind of token cannot. */
export interface Permissions {
  readonly application: readonly string[];
  readonly delegated: readonly string[];
}

/** A request that passed authentication and the route's permission check. */
export interface GraphCall {
  readonly token: AccessToken;
  readonly url: URL;
  /** Decoded path parameter; throws when the route's path has none of this name. */
  parameter(name: string): string;
  header(name: string): string | undefined;
  /** The JSON body; throws Graph's 400 when it is none. */
  json(): Promise<unknown>;
}

export interface GraphAnswer {
  readonly status: number;
  /** JSON, or bytes with their content type. */
  readonly body?: { readonly json: unknown } | { readonly bytes: Uint8Array; readonly contentType: string };
  /** Where the caller is sent on to, with a status of 302. */
  readonly location?: string;
}

/** One route of Graph v1.0; `path` in hono's notation, below `/v1.0`. */
export interface GraphRoute {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly permissions: Permissions;
  readonly throttle: ThrottleClass;
  /** True for a route whose permissions are those of what it carries. */
  readonly openToEveryToken?: boolean;
  respond(call: GraphCall): GraphAnswer | Promise<GraphAnswer>;
}

export const json = (value: unknown, status = 200): GraphAnswer => ({ status, body: { json: value } });
export const noContent: GraphAnswer = { status: 204 };
