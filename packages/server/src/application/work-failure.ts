/** Try again at or after `retryAtMs`; absent means the queue's own backoff. */
export class TemporaryFailure extends Error {
  override readonly name = "TemporaryFailure";
  readonly retryAtMs: number | undefined;
  constructor(message: string, options: { retryAtMs?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.retryAtMs = options.retryAtMs;
  }
}

/** Will never succeed; `reason` is recorded and shown to the administrator. */
export class PermanentFailure extends Error {
  override readonly name = "PermanentFailure";
  readonly reason: string;
  constructor(reason: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
