/**
 * What went wrong in a yamux session or stream. `protocol` and `window-exceeded` blame the peer's bytes; `overloaded`
 * a peer that sends without reading; `remote-go-away`, `session-closed`, `transport-failed` and `keep-alive-timeout`
 * end the session; `stream-reset`, `stream-ended` and `going-away` concern one stream.
 */
export type YamuxErrorCode =
  | "protocol"
  | "window-exceeded"
  | "overloaded"
  | "remote-go-away"
  | "keep-alive-timeout"
  | "transport-failed"
  | "session-closed"
  | "going-away"
  | "stream-reset"
  | "stream-ended";

/** The error of this boundary: a closed code for programs, a sentence for people. */
export class YamuxError extends Error {
  override readonly name = "YamuxError";
  readonly code: YamuxErrorCode;

  constructor(code: YamuxErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
