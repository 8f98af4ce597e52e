export type GraphErrorCode =
  | "throttled"
  | "unavailable"
  | "unreachable"
  | "unauthorized"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "limit-reached"
  | "invalid-request"
  | "unexpected";

/** Microsoft Graph refused or could not answer. `retryAfterMs` is Graph's own wish when it named one. */
export class GraphError extends Error {
  override readonly name = "GraphError";
  readonly code: GraphErrorCode;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** Graph's `request-id`, which Microsoft's support asks for. */
  readonly requestId: string | undefined;
  /** Of a `conflict`: the subscription that is there already, when Graph named it. */
  readonly existingId: string | undefined;
  constructor(
    code: GraphErrorCode,
    message: string,
    details: {
      status?: number;
      retryAfterMs?: number;
      requestId?: string;
      existingId?: string;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.requestId = details.requestId;
    this.existingId = details.existingId;
  }
}
