export type TenantErrorCode =
  | "unknown-user"
  | "unknown-chat"
  | "unknown-message"
  | "unknown-app"
  | "not-a-member"
  | "invalid"
  | "conflict";

/** A change that the tenant refuses, with a closed code and a sentence for the person who asked for it. */
export class TenantError extends Error {
  override readonly name = "TenantError";
  readonly code: TenantErrorCode;

  constructor(code: TenantErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
