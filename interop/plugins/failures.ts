import { AppError, PluginError, type PluginErrorCode } from "../../packages/plugin-sdk/src/index.ts";

/** A failure as a test describes it. */
export interface Failure {
  readonly kind: string;
  readonly message: string;
  readonly code?: PluginErrorCode;
  readonly id?: string;
  readonly statusCode?: number;
  readonly detailedError?: string;
  readonly where?: string;
  readonly requestId?: string;
}

export function describeFailure(thrown: unknown): Failure {
  if (thrown instanceof AppError) {
    const { id, message, statusCode, detailedError, where, requestId } = thrown;
    return { kind: "AppError", id, message, statusCode, detailedError, where, requestId };
  }
  if (thrown instanceof PluginError)
    return { kind: "PluginError", message: thrown.message, code: thrown.code };
  return thrown instanceof Error
    ? { kind: thrown.name, message: thrown.message }
    : { kind: "thing", message: String(thrown) };
}

export function failureFrom(failure: Failure): Error {
  if (failure.kind === "AppError") return new AppError({ ...failure, id: failure.id ?? "" });
  if (failure.kind === "PluginError") return new PluginError(failure.message, failure.code);
  return new Error(failure.message);
}
