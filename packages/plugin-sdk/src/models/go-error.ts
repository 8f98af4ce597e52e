import { int, string, struct } from "../gob/schema.ts";

/** How Mattermost sends every Go error that is neither an AppError nor a database error (`plugin.ErrorString`). */
export const ErrorString = struct("ErrorString", { code: int, err: string });

/** The fields of lib/pq's `Error` that say something to a reader. */
export const PostgresError = struct("Error", {
  severity: string,
  code: string,
  message: string,
  detail: string,
  hint: string,
  table: string,
  column: string,
  constraint: string,
});

/** Go's registered name of {@link AppErrorModel} in an `error` result. */
export const APP_ERROR_GO_TYPE = "*model.AppError";
/** Go's registered name of {@link ErrorString}. */
export const ERROR_STRING_GO_TYPE = "*plugin.ErrorString";
/** Go's registered name of {@link PostgresError}. */
export const POSTGRES_ERROR_GO_TYPE = "*pq.Error";
