/**
 * Why gob bytes or values were refused.
 * `malformed`: bytes contradict the format · `limit`: a named limit of ours is exceeded · `type_mismatch`: the sender's type
 * does not fit the schema · `number_range`: an integer does not fit its JavaScript type · `unknown_type`: a type id without
 * definition · `duplicate_type`: a type id defined twice · `unregistered_type`: a registered name we have no schema for ·
 * `bad_value`: a value to encode does not fit its schema.
 */
export type GobErrorCode =
  | "malformed"
  | "limit"
  | "type_mismatch"
  | "number_range"
  | "unknown_type"
  | "duplicate_type"
  | "unregistered_type"
  | "bad_value";

/** The one error of the gob boundary. `path` leads from the outermost struct to the refused value when encoding. */
export class GobError extends Error {
  override readonly name = "GobError";
  readonly code: GobErrorCode;
  readonly path: readonly string[];

  constructor(
    code: GobErrorCode,
    message: string,
    options?: ErrorOptions & { readonly path?: readonly string[] },
  ) {
    super(message, options);
    this.code = code;
    this.path = options?.path ?? [];
  }

  /** The same error, seen from one struct further out. */
  within(part: string): GobError {
    const message = this.path.length === 0 ? `${part}: ${this.message}` : `${part}.${this.message}`;
    return new GobError(this.code, message, { cause: this.cause, path: [part, ...this.path] });
  }
}
