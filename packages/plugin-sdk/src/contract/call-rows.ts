import type { AnySchema, Infer, Input } from "../gob/schema.ts";
import type { AppErrorModel } from "../models/app-error.ts";
import { AppError } from "./app-error.ts";
import { errorFromGo } from "./go-error.ts";
import {
  type Call,
  type Callers,
  letter,
  type ReceivedResult,
  type Row,
  type SentArgs,
  type Table,
} from "./row.ts";

/** The calling end of a net/rpc connection. */
export interface RpcCaller {
  call<A extends AnySchema, R extends AnySchema>(
    method: string,
    argSchema: A,
    arg: Input<A>,
    replySchema: R,
  ): Promise<Infer<R>>;
}

function isAppErrorModel(value: unknown): value is Input<typeof AppErrorModel> {
  return typeof value === "object" && value !== null;
}

function throwFailure(row: Row, failure: unknown): void {
  if (failure === undefined || failure === null) return;
  if (row.fails === "appError" && isAppErrorModel(failure)) throw AppError.fromWire(failure);
  const error = errorFromGo(failure);
  if (error !== undefined) throw error;
}

async function callRow(rpc: RpcCaller, name: string, row: Row, args: readonly unknown[]): Promise<unknown> {
  const argument: Record<string, unknown> = {};
  for (let index = 0; index < row.args.length; index++) argument[letter(index)] = args[index];
  const reply = await rpc.call(`Plugin.${name}`, row.argsSchema, argument, row.replySchema);
  const count = row.returns.length;
  if (row.fails !== "none") throwFailure(row, reply[row.failureField]);
  if (count === 0) return undefined;
  if (count === 1) return reply.A;
  return row.returns.map((_, index) => reply[letter(index)]);
}

/** A function that calls the methods of `table` by name over `rpc`. Failures are thrown as AppError or PluginError. */
export function callerOf<T extends Table>(rpc: RpcCaller, table: T): Call<T> {
  return async <N extends keyof T & string>(name: N, ...args: SentArgs<T[N]>) => {
    const row: Row | undefined = table[name];
    if (row === undefined) throw new TypeError(`The table has no method ${name}`);
    // The reply was decoded by the row's own schemas, which is what the row's result type is computed from.
    return (await callRow(rpc, name, row, args)) as ReceivedResult<T[N]>;
  };
}

/** An object with one typed function for each method of `table`. */
export function callersOf<T extends Table>(rpc: RpcCaller, table: T): Callers<T> {
  const entries = Object.entries(table).map(([name, row]) => [
    name,
    (...args: readonly unknown[]) => callRow(rpc, name, row, args),
  ]);
  return Object.fromEntries(entries) as Callers<T>;
}
