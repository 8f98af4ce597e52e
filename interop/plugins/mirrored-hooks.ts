import { hookTable, type PluginHooks } from "../../packages/plugin-sdk/src/index.ts";
import { type Failure, failureFrom } from "./failures.ts";

/** What a hook is to answer at its next call. */
interface Prepared {
  readonly results?: readonly unknown[];
  readonly failure?: Failure;
}

/** Every hook of the table: each notes its arguments and answers what was prepared for it. */
export class MirroredHooks {
  readonly #prepared = new Map<string, Prepared>();
  readonly #heard = new Map<string, readonly unknown[]>();

  prepare(name: string, prepared: Prepared): void {
    this.#prepared.set(name, prepared);
  }

  heard(name: string): readonly unknown[] | undefined {
    return this.#heard.get(name);
  }

  all(): PluginHooks {
    return Object.fromEntries(
      Object.keys(hookTable).map((name) => [
        name.charAt(0).toLowerCase() + name.slice(1),
        (...args: readonly unknown[]) => this.#answer(name, args),
      ]),
    );
  }

  #answer(name: string, args: readonly unknown[]): unknown {
    this.#heard.set(name, args);
    const { results = [], failure } = this.#prepared.get(name) ?? {};
    if (failure !== undefined) throw failureFrom(failure);
    const defined = results.map((result) => result ?? undefined);
    return defined.length === 1 ? defined[0] : defined;
  }
}
