export { LocalPostgresError, type LocalPostgresErrorCode } from "./local-postgres-error.ts";
export { execute, type LocalPostgres, startPostgres, withDatabase } from "./start-postgres.ts";
