import { encodePlanFor } from "./encode-plan.ts";
import { EncodeState } from "./encode-state.ts";
import { type Registry, standardTypes } from "./registry.ts";
import type { AnySchema, Input } from "./schema.ts";

/** Encodes one gob stream. Each type is defined once per stream, before the first value that needs it. */
export class GobEncoder {
  readonly #state: EncodeState;

  constructor(registry: Registry = standardTypes) {
    this.#state = new EncodeState(registry, encodePlanFor);
  }

  /** Adds one value message. Throws `GobError` for a value that does not fit; then call `discard`. */
  write<S extends AnySchema>(schema: S, value: Input<S>): void {
    const state = this.#state;
    const plan = encodePlanFor(schema);
    state.define(plan);
    const start = state.openBlock();
    state.int(plan.id);
    if (plan.singleton) state.byte(0);
    plan.write(state, value);
    state.closeBlock(start);
  }

  /** The bytes of all values since the last `take`, preceded by their definitions. The caller owns them. */
  take(): Uint8Array {
    return this.#state.take();
  }

  /** Drops all values since the last `take`, as if they had never been written. */
  discard(): void {
    this.#state.discard();
  }

  /** The bytes of one value, preceded by its definitions. A value that does not fit leaves the stream as it was. */
  encode<S extends AnySchema>(schema: S, value: Input<S>): Uint8Array {
    try {
      this.write(schema, value);
      return this.take();
    } catch (error) {
      this.discard();
      throw error;
    }
  }
}
