import type { AnySchema, Infer, Input } from "../gob/schema.ts";

/** One method of a net/rpc server, without its static types. */
export interface RpcMethod {
  readonly argument: AnySchema;
  readonly reply: AnySchema;
  /** Answers one request; what it throws becomes the response's error text. */
  answer(argument: unknown): unknown;
}

/** Ties a function to the types of its argument and reply. */
export function rpcMethod<A extends AnySchema, R extends AnySchema>(
  argument: A,
  reply: R,
  answer: (argument: Infer<A>) => Promise<Input<R>> | Input<R>,
): RpcMethod {
  // The server decodes with `argument` before it calls, so what arrives has that schema's form.
  return { argument, reply, answer: (decoded) => answer(decoded as Infer<A>) };
}
