import { GoValue } from "../gob/any-value.ts";
import type { Infer } from "../gob/schema.ts";
import {
  APP_ERROR_GO_TYPE,
  ERROR_STRING_GO_TYPE,
  type ErrorString,
  POSTGRES_ERROR_GO_TYPE,
} from "../models/go-error.ts";
import { AppError } from "./app-error.ts";

/** Which of Go's well-known errors it was; `other` for all else. */
export type PluginErrorCode =
  | "other"
  | "end_of_file"
  | "no_rows"
  | "connection_done"
  | "transaction_done"
  | "driver_skip"
  | "bad_connection"
  | "remove_argument"
  | "database";

/** Position is the number on the wire (`plugin.ErrorString.Code`); `database` never travels as a number. */
const CODES: readonly PluginErrorCode[] = [
  "other",
  "end_of_file",
  "no_rows",
  "connection_done",
  "transaction_done",
  "driver_skip",
  "bad_connection",
  "remove_argument",
];

/** A Go `error` that came back from a call, other than an `AppError`. */
export class PluginError extends Error {
  override readonly name = "PluginError";
  readonly code: PluginErrorCode;

  constructor(message: string, code: PluginErrorCode = "other", options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function statusOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** The content of an `error` result as an error to throw, or `undefined` for nil. */
export function errorFromGo(value: unknown): AppError | PluginError | undefined {
  if (value === null || value === undefined) return undefined;
  if (!(value instanceof GoValue) || !isRecord(value.value)) {
    return new PluginError("Mattermost answered an error of an unknown form");
  }
  const fields: Readonly<Record<string, unknown>> = value.value;
  switch (value.goType) {
    case APP_ERROR_GO_TYPE: {
      const { id, message, detailedError, where, requestId, statusCode } = fields;
      return new AppError({
        id: text(id),
        message: text(message),
        detailedError: text(detailedError),
        where: text(where),
        requestId: text(requestId),
        statusCode: statusOf(statusCode),
      });
    }
    case ERROR_STRING_GO_TYPE:
      return new PluginError(text(fields.err), CODES[Number(fields.code)] ?? "other");
    case POSTGRES_ERROR_GO_TYPE:
      return new PluginError(`${text(fields.message)} (SQLSTATE ${text(fields.code)})`, "database");
    default:
      return new PluginError(`Mattermost answered an error of the Go type ${value.goType}`);
  }
}

/** A thrown thing in the form in which Go expects an `error`. */
export function errorToGo(thrown: unknown): GoValue {
  if (thrown instanceof AppError) return new GoValue(APP_ERROR_GO_TYPE, thrown.toWire());
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const code = thrown instanceof PluginError ? Math.max(0, CODES.indexOf(thrown.code)) : 0;
  const content: Infer<typeof ErrorString> = { code, err: message };
  return new GoValue(ERROR_STRING_GO_TYPE, content);
}
