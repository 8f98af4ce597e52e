/**
 * `unreachable` passes by itself; `encryption-key-changed`, `schema-too-new` and `pooled` wait for the administrator; `query-failed`
 * is a mistake of ours or of the database.
 */
export type PostgresErrorCode =
  | "unreachable"
  | "encryption-key-changed"
  | "schema-too-new"
  | "secret-unreadable"
  | "pooled"
  | "query-failed";

/** Working with Mattermost's PostgreSQL failed. */
export class PostgresError extends Error {
  override readonly name = "PostgresError";
  readonly code: PostgresErrorCode;
  constructor(code: PostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  static from(cause: unknown): PostgresError {
    if (cause instanceof PostgresError) return cause;
    if (isConnectionTrouble(cause)) {
      return new PostgresError(
        "unreachable",
        "Mattermost's PostgreSQL database cannot be reached at the moment.",
        { cause },
      );
    }
    return new PostgresError("query-failed", `PostgreSQL refused a statement${sqlState(cause)}.`, { cause });
  }
}

/** SQLSTATE classes 08 (connection), 53 (resources), 57P (shutdown); system codes of a broken socket (PostgreSQL, appendix A). */
const troubleCodes = /^(08...|53...|57P..|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_\w+|EHOST\w+|ENET\w+)$/;

function isConnectionTrouble(cause: unknown): boolean {
  const code = codeOf(cause);
  // node-postgres gives its own connection errors no code, the server's refusals always have one.
  return code === undefined
    ? cause instanceof Error && !(cause instanceof TypeError)
    : troubleCodes.test(code);
}

function sqlState(cause: unknown): string {
  const code = codeOf(cause);
  return code === undefined ? "" : ` (${code})`;
}

function codeOf(cause: unknown): string | undefined {
  if (typeof cause !== "object" || cause === null || !("code" in cause)) return undefined;
  return typeof cause.code === "string" ? cause.code : undefined;
}
