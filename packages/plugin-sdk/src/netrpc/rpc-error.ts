/**
 * Why a call failed below the method's own results. `remote`: the peer answered an error text · `encode`: the argument does
 * not fit its type, nothing was sent · `decode`: the answer does not fit its type · `closed`: the connection was or is shut
 * down in order · `cut_off`: it ended without order or in the middle of a message · `protocol`: the peer's bytes make no sense.
 */
export type RpcErrorCode = "remote" | "encode" | "decode" | "closed" | "cut_off" | "protocol";

/** The one error of the net/rpc boundary. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: RpcErrorCode;

  constructor(code: RpcErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
