import type { Input } from "../gob/schema.ts";
import type { AppErrorModel } from "../models/app-error.ts";

/** What an {@link AppError} is made of. `statusCode` is an HTTP status. */
export interface AppErrorFields {
  /** Mattermost's translation id, such as `app.user.missing_account.const`. */
  readonly id: string;
  readonly message: string;
  readonly statusCode?: number | undefined;
  readonly detailedError?: string | undefined;
  /** The function that failed, such as `GetUser`. */
  readonly where?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Mattermost refused an API call, or a plugin refuses a hook, with Mattermost's own error form (`model.AppError`). */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly id: string;
  readonly statusCode: number;
  readonly detailedError: string;
  readonly where: string;
  readonly requestId: string;

  constructor(fields: AppErrorFields, options?: ErrorOptions) {
    super(fields.message, options);
    this.id = fields.id;
    this.statusCode = fields.statusCode ?? 500;
    this.detailedError = fields.detailedError ?? "";
    this.where = fields.where ?? "";
    this.requestId = fields.requestId ?? "";
  }

  /** True when the thing asked for does not exist. */
  get notFound(): boolean {
    return this.statusCode === 404;
  }

  static fromWire(model: Input<typeof AppErrorModel>): AppError {
    return new AppError({ ...model, id: model.id ?? "", message: model.message ?? "" });
  }

  /** Any thrown thing as an AppError; foreign errors become status 500 with their message. */
  static from(thrown: unknown, where: string): AppError {
    if (thrown instanceof AppError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new AppError({ id: "plugin.error", message, where }, { cause: thrown });
  }

  toWire(): Input<typeof AppErrorModel> {
    const { id, message, statusCode, detailedError, where, requestId } = this;
    return { id, message, statusCode, detailedError, where, requestId };
  }
}
