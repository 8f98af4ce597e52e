export type MattermostErrorCode = "not-found" | "rejected" | "unavailable" | "unanswered";

/**
 * A call to Mattermost failed. `unavailable` and `unanswered` may succeed later, the others will not; one that is
 * `unanswered` may even have its effect after the error.
 */
export class MattermostError extends Error {
  override readonly name = "MattermostError";
  readonly code: MattermostErrorCode;
  constructor(code: MattermostErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
