import { ByteReader } from "./byte-reader.ts";
import { GobError } from "./gob-error.ts";
import { MAX_ELEMENTS_PER_VALUE, MAX_NESTING } from "./limits.ts";
import type { Registry } from "./registry.ts";
import type { AnySchema } from "./schema.ts";
import type { WireType } from "./wire-type.ts";

/** Reads one value from the state's position. */
export type Decode = (from: DecodeState) => unknown;

/** A way to decode one wire type as one schema, and the definitions it rests on. */
export interface DecodePlan {
  readonly decode: Decode;
  /** Only structs begin without the 00 byte that marks a singleton (encoding/gob, "Encoding Details"). */
  readonly singleton: boolean;
  readonly restsOn: ReadonlyMap<number, WireType>;
}

/** What a value's decoding needs besides its bytes: the stream it is on. */
export interface DecodeStream {
  readonly registry: Registry;
  plan(schema: AnySchema, id: number): DecodePlan;
  /** Takes the definition at the reader's position for type `id`. */
  define(id: number, wholeRest: boolean): void;
  /** Moves the reader to the next message, or throws {@link MESSAGE_MISSING}. */
  nextMessage(): void;
}

/** Thrown, without a stack, when a value goes on in a message that has not arrived. */
export const MESSAGE_MISSING = { reason: "the value goes on in a message that has not arrived" } as const;

/** Reader and limits of one value. */
export class DecodeState extends ByteReader {
  readonly stream: DecodeStream;
  #nesting = 0;
  #elements = 0;

  constructor(stream: DecodeStream) {
    super();
    this.stream = stream;
  }

  startValue(): void {
    this.#nesting = 0;
    this.#elements = 0;
  }

  enter(): void {
    if (++this.#nesting > MAX_NESTING)
      throw new GobError("limit", `a value nests deeper than ${MAX_NESTING}`);
  }

  leave(): void {
    this.#nesting--;
  }

  /** Reads an element count. No more is believed than could be there: elements take a byte each at least. */
  elementCount(spansMessages: boolean): number {
    const count = this.uint();
    if (!spansMessages && count > this.end - this.pos) {
      throw new GobError("malformed", "an element count exceeds the bytes that are there");
    }
    this.#elements += count;
    if (this.#elements > MAX_ELEMENTS_PER_VALUE) {
      throw new GobError("limit", `a value has more than ${MAX_ELEMENTS_PER_VALUE} elements`);
    }
    return count;
  }
}
