import type { RpcCaller } from "../contract/call-rows.ts";
import type { AnySchema, Infer, Input } from "../gob/schema.ts";
import type { RpcMethod } from "../netrpc/rpc-method.ts";

/** Calls methods in the same process, without a wire, and writes down their names. */
export class DirectCaller implements RpcCaller {
  readonly calls: string[] = [];
  readonly #watchers = new Map<string, () => void>();
  readonly #methods: ReadonlyMap<string, RpcMethod>;

  constructor(methods: ReadonlyMap<string, RpcMethod>) {
    this.#methods = methods;
  }

  /** Resolves at the next call of `name`. */
  called(name: string): Promise<void> {
    return new Promise((resolve) => this.#watchers.set(name, resolve));
  }

  async call<A extends AnySchema, R extends AnySchema>(
    name: string,
    _argSchema: A,
    argument: Input<A>,
    _replySchema: R,
  ): Promise<Infer<R>> {
    const short = name.replace("Plugin.", "");
    this.calls.push(short);
    this.#watchers.get(short)?.();
    const method = this.#methods.get(name);
    if (method === undefined) throw new Error(`rpc: can't find method ${name}`);
    return (await method.answer(argument)) as Infer<R>;
  }
}
