/** Error codes that Graph's Teams, directory and subscription workloads use. */
export type GraphErrorCode =
  | "BadRequest"
  | "InvalidRequest"
  | "InvalidAuthenticationToken"
  | "Forbidden"
  | "Authorization_RequestDenied"
  | "NotFound"
  | "itemNotFound"
  | "accessDenied"
  | "Request_ResourceNotFound"
  | "ResourceNotFound"
  | "Conflict"
  | "TooManyRequests"
  | "FailedDependency"
  | "InternalServerError"
  | "NotImplemented"
  | "ServiceUnavailable"
  | "GatewayTimeout"
  | "UnknownError";

/** A refusal of the Graph API: HTTP status, Graph's code and text, and the headers that go with it (section 7). */
export class GraphError extends Error {
  override readonly name = "GraphError";
  readonly status: number;
  readonly code: GraphErrorCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: GraphErrorCode,
    message: string,
    options: { readonly headers?: Readonly<Record<string, string>>; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.code = code;
    this.headers = options.headers ?? {};
  }
}

export const badRequest = (message: string): GraphError => new GraphError(400, "BadRequest", message);
export const notFound = (message: string): GraphError => new GraphError(404, "NotFound", message);

/** A request that the real Graph may know but this tenant does not: loud, so that nobody takes it for an answer. */
export const notImplemented = (what: string): GraphError =>
  new GraphError(501, "NotImplemented", `The simulated tenant does not implement ${what}.`);

/** The body of every Graph error (section 7). */
export function errorBody(
  error: GraphError,
  ids: { readonly requestId: string; readonly clientRequestId: string; readonly date: string },
): unknown {
  return {
    error: {
      code: error.code,
      message: error.message,
      innerError: { date: ids.date, "request-id": ids.requestId, "client-request-id": ids.clientRequestId },
    },
  };
}
