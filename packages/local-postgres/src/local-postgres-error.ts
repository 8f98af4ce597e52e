/** `unsupported-platform`: no binaries exist for this system. The other codes name the step that failed. */
export type LocalPostgresErrorCode =
  | "unsupported-platform"
  | "no-unprivileged-user"
  | "initialisation-failed"
  | "start-failed"
  | "database-failed";

/** A local PostgreSQL could not be started or used; the message ends with what PostgreSQL itself last said. */
export class LocalPostgresError extends Error {
  override readonly name = "LocalPostgresError";
  readonly code: LocalPostgresErrorCode;
  constructor(code: LocalPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
