import { type RpcMethod, rpcMethod } from "../netrpc/rpc-method.ts";
import { AppError } from "./app-error.ts";
import { errorToGo } from "./go-error.ts";
import { letter, type Row } from "./row.ts";

function replyOf(row: Row, result: unknown): Record<string, unknown> {
  const reply: Record<string, unknown> = {};
  if (row.returns.length === 1) reply.A = result;
  else if (Array.isArray(result)) {
    for (let index = 0; index < row.returns.length; index++) reply[letter(index)] = result[index];
  }
  return reply;
}

function failureOf(name: string, row: Row, thrown: unknown): Record<string, unknown> {
  // Without a failure result only net/rpc's own error text is left to tell the caller.
  if (row.fails === "none") throw thrown;
  const failure = row.fails === "appError" ? AppError.from(thrown, name).toWire() : errorToGo(thrown);
  return { [row.failureField]: failure };
}

/** The answering side of `row`: spreads the argument struct, collects results, turns a thrown error into the failure result. */
export function answerRow(
  name: string,
  row: Row,
  implementation: (...args: readonly unknown[]) => unknown,
): RpcMethod {
  return rpcMethod(row.argsSchema, row.replySchema, async (argument) => {
    try {
      const args = row.args.map((_, index) => argument[letter(index)]);
      return replyOf(row, await implementation(...args));
    } catch (thrown) {
      return failureOf(name, row, thrown);
    }
  });
}
