import { ByteWriter } from "./byte-writer.ts";
import { GobError } from "./gob-error.ts";
import { MAX_NESTING } from "./limits.ts";
import type { Registry } from "./registry.ts";
import type { AnySchema } from "./schema.ts";

/** How values of one type are written. Made once for each schema; type ids are the process's, as in Go. */
export interface EncodePlan {
  readonly id: number;
  /** Only structs begin without the 00 byte that marks a singleton. */
  readonly singleton: boolean;
  /** The definition as a whole message; absent for the types every stream starts with. */
  readonly definition: Uint8Array | undefined;
  /** Types this one is made of. */
  readonly parts: readonly EncodePlan[];
  write(to: EncodeState, value: unknown): void;
  /** True for values that a struct leaves out. */
  isZero(value: unknown): boolean;
}

/** One stream's output: definitions apart from values, because a definition must precede the value that needs it. */
export class EncodeState extends ByteWriter {
  readonly registry: Registry;
  readonly planFor: (schema: AnySchema) => EncodePlan;
  readonly definitions = new ByteWriter();
  readonly #sent = new Set<number>();
  #unconfirmed: number[] = [];
  #nesting = 0;

  constructor(registry: Registry, planFor: (schema: AnySchema) => EncodePlan) {
    super();
    this.planFor = planFor;
    this.registry = registry;
  }

  /** Sends the definitions of `plan` and its parts that this stream has not seen yet. */
  define(plan: EncodePlan): void {
    if (plan.definition === undefined || this.#sent.has(plan.id)) return;
    this.#sent.add(plan.id);
    this.#unconfirmed.push(plan.id);
    this.definitions.raw(plan.definition);
    for (const part of plan.parts) this.define(part);
  }

  enter(): void {
    if (++this.#nesting > MAX_NESTING) {
      throw new GobError("bad_value", `a value nests deeper than ${MAX_NESTING} or contains itself`);
    }
  }

  leave(): void {
    this.#nesting--;
  }

  /** Everything since the last `take`, definitions first, as bytes of its own. */
  take(): Uint8Array {
    const first = this.definitions.pos;
    const whole = new Uint8Array(first + this.pos);
    whole.set(this.definitions.bytes.subarray(0, first));
    whole.set(this.bytes.subarray(0, this.pos), first);
    this.#reset();
    return whole;
  }

  /** Forgets everything since the last `take`, sent definitions included. */
  discard(): void {
    for (const id of this.#unconfirmed) this.#sent.delete(id);
    this.#reset();
  }

  #reset(): void {
    this.#unconfirmed = [];
    this.#nesting = 0;
    this.definitions.clear();
    this.clear();
  }
}
