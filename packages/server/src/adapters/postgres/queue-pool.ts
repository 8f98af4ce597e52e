import type { Pool, PoolClient } from "pg";
import { PostgresError } from "./postgres-error.ts";

/** One of the codes with which graphile-worker repeats what failed (its RETRYABLE_ERROR_CODES). */
const repeatable = "ETIMEDOUT";

/**
 * The pool as graphile-worker is given it. It reports a job's end without waiting for the result, so that a failure there is
 * a rejection nobody hears, which ends the process; but it repeats by itself what failed with certain codes. Therefore every
 * failure of the connection carries such a code, and a pool that has ended answers no more.
 */
export function queuePool(pool: Pool): Pool {
  return new Proxy(pool, {
    get(target, name) {
      if (name === "connect") return connectOf(target);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

type Connected = Parameters<Pool["connect"]>[0];

function connectOf(pool: Pool) {
  return (callback?: Connected): Promise<PoolClient> | undefined => {
    if (callback !== undefined) {
      pool.connect(callback);
      return undefined;
    }
    if (pool.ending) return new Promise(() => {});
    return pool.connect().then(withRepeatableFailures, (error: unknown) => {
      throw marked(error);
    });
  };
}

function withRepeatableFailures(client: PoolClient): PoolClient {
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (name !== "query") return value.bind(target);
      return (...args: unknown[]) => {
        const result: unknown = Reflect.apply(value, target, args);
        return result instanceof Promise
          ? result.catch((error: unknown) => {
              throw marked(error);
            })
          : result;
      };
    },
  });
}

function marked(error: unknown): unknown {
  if (PostgresError.from(error).code !== "unreachable") return error;
  return Object.assign(new Error("PostgreSQL cannot be reached.", { cause: error }), { code: repeatable });
}
