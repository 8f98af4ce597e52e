import { Buffer } from "node:buffer";
import { decodeMarked } from "./decode-interface.ts";
import { planFor } from "./decode-plan.ts";
import { type DecodePlan, DecodeState, type DecodeStream, MESSAGE_MISSING } from "./decode-state.ts";
import { GobError } from "./gob-error.ts";
import { MAX_MESSAGE_BYTES, MAX_MESSAGES_PER_VALUE, MAX_TYPES_PER_STREAM } from "./limits.ts";
import { type Registry, standardTypes } from "./registry.ts";
import { type AnySchema, type Infer, none } from "./schema.ts";
import { basicTypes, readWireType, type WireType } from "./wire-type.ts";

/** Answer of {@link GobDecoder.next} while the next value has not arrived whole. */
export const INCOMPLETE: unique symbol = Symbol("incomplete");

const EMPTY = Buffer.alloc(0);

/**
 * Decodes one gob stream as its bytes arrive. After each `push` call `next` until it answers `INCOMPLETE`; only then are
 * unread bytes copied. A value that does not fit its schema throws and is passed over, so the stream stays in step; bytes
 * that contradict the format throw and leave the decoder `broken`, and every later call throws the same error.
 */
export class GobDecoder implements DecodeStream {
  readonly registry: Registry;
  readonly #state = new DecodeState(this);
  readonly #types = new Map<number, WireType>(basicTypes);
  readonly #plans = new Map<AnySchema, Map<number, DecodePlan>>();
  /** Types defined while the current value is tried; taken back if it must be tried again. */
  readonly #provisional: number[] = [];
  #buffer: Buffer = EMPTY;
  #owned = false;
  #start = 0;
  #end = 0;
  /** Where the message begins that a value waits for, relative to `#start`; 0 when none does. */
  #awaited = 0;
  #messages = 0;
  #failure: GobError | undefined;
  readonly #lookUp = (id: number): WireType | undefined => this.#types.get(id);

  constructor(registry: Registry = standardTypes) {
    this.registry = registry;
  }

  /** True after bytes that contradict the format: nothing later on this stream can be understood. */
  get broken(): boolean {
    return this.#failure !== undefined;
  }

  /** True in the middle of a message: the stream may not end here. */
  get midMessage(): boolean {
    return this.#end > this.#start;
  }

  /** Takes more bytes. `chunk` is used in place until `next` answers `INCOMPLETE`. */
  push(chunk: Uint8Array): void {
    const pending = this.#end - this.#start;
    if (pending === 0) {
      this.#buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      this.#owned = false;
      this.#start = 0;
      this.#end = chunk.length;
      return;
    }
    this.#own(pending + chunk.length);
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /** Makes the buffer ours, with room for `bytes` from `#start`. */
  #own(bytes: number): void {
    const pending = this.#end - this.#start;
    if (this.#owned && this.#start + bytes <= this.#buffer.length) return;
    const roomy = this.#owned && bytes <= this.#buffer.length / 2;
    const target = roomy
      ? this.#buffer
      : Buffer.allocUnsafeSlow(Math.max(bytes, this.#owned ? bytes * 2 : bytes));
    this.#buffer.copy(target, 0, this.#start, this.#end);
    this.#buffer = target;
    this.#owned = true;
    this.#start = 0;
    this.#end = pending;
  }

  /** The next value as `schema`, or `INCOMPLETE`. */
  next<S extends AnySchema>(schema: S): Infer<S> | typeof INCOMPLETE {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return this.#next(schema);
    } catch (error) {
      if (this.#failure === undefined && !(error instanceof ValueError)) this.#failure = asGobError(error);
      throw error instanceof ValueError ? error.reason : error;
    }
  }

  #next(schema: AnySchema): unknown {
    const state = this.#state;
    for (;;) {
      if (this.#awaited > 0 && !this.#awaitedArrived()) return this.#incomplete();
      state.bytes = this.#buffer;
      if (!this.#openMessage(this.#start)) return this.#incomplete();
      const id = state.int();
      if (id < 0) {
        this.define(-id, true);
        this.#provisional.length = 0;
        if (state.pos !== state.end)
          throw new GobError("malformed", "a type definition is longer than its message");
        this.#start = state.end;
        continue;
      }
      const value = this.#tryValue(schema, id, state.pos, state.end);
      if (value === MESSAGE_MISSING) continue;
      return value;
    }
  }

  #tryValue(schema: AnySchema, id: number, pos: number, end: number): unknown {
    try {
      return this.#value(schema, id);
    } catch (error) {
      for (const type of this.#provisional.splice(0)) {
        this.#types.delete(type);
        for (const plans of this.#plans.values()) plans.delete(type);
      }
      if (error === MESSAGE_MISSING) return MESSAGE_MISSING;
      if (!(error instanceof GobError) || schema === none || !fitsProblem(error)) throw error;
      this.#state.pos = pos;
      this.#state.end = end;
      // The refused value is passed over by the sender's own definitions, so that the next one can be read.
      if (this.#tryValue(none, id, pos, end) === MESSAGE_MISSING) return MESSAGE_MISSING;
      throw new ValueError(error);
    }
  }

  #value(schema: AnySchema, id: number): unknown {
    const state = this.#state;
    state.startValue();
    this.#messages = 1;
    const value = decodeMarked(state, this.plan(schema, id));
    if (state.pos !== state.end) throw new GobError("malformed", "a value is shorter than its message");
    this.#start = state.end;
    this.#awaited = 0;
    this.#provisional.length = 0;
    return value;
  }

  /** Keeps what is unread, since the chunk it came in is only lent. */
  #incomplete(): typeof INCOMPLETE {
    const pending = this.#end - this.#start;
    if (pending === 0) {
      this.#buffer = EMPTY;
      this.#start = 0;
      this.#end = 0;
      this.#owned = false;
    } else this.#own(pending);
    return INCOMPLETE;
  }

  /** Points the state at the content of the message that begins at `at`, if it is there whole. */
  #openMessage(at: number): boolean {
    const state = this.#state;
    const first = this.#end > at ? (this.#buffer[at] ?? 0) : undefined;
    if (first === undefined) return false;
    const prefix = first < 128 ? 1 : 257 - first;
    if (prefix > 9) throw new GobError("malformed", "a message length claims more than 8 bytes");
    if (this.#end - at < prefix) return false;
    state.pos = at;
    state.end = at + prefix;
    const length = state.bigUint();
    if (length === 0n) throw new GobError("malformed", "a message is empty");
    const total = at + prefix + Number(length);
    if (total - this.#start > MAX_MESSAGE_BYTES) {
      throw new GobError("limit", `a message or the value it belongs to exceeds ${MAX_MESSAGE_BYTES} bytes`);
    }
    if (total > this.#end) return false;
    state.end = total;
    return true;
  }

  /** True when the message a value waits for is there. Definitions are passed over: another message always follows one. */
  #awaitedArrived(): boolean {
    const state = this.#state;
    state.bytes = this.#buffer;
    for (let messages = this.#messages; ; messages++) {
      if (messages > MAX_MESSAGES_PER_VALUE) throw tooManyMessages();
      if (!this.#openMessage(this.#start + this.#awaited)) return false;
      if (state.int() >= 0) return true;
      this.#messages = messages + 1;
      this.#awaited = state.end - this.#start;
    }
  }

  plan(schema: AnySchema, id: number): DecodePlan {
    let byId = this.#plans.get(schema);
    if (byId === undefined) {
      byId = new Map();
      this.#plans.set(schema, byId);
    }
    const known = byId.get(id);
    if (known !== undefined) return known;
    const plan = planFor(schema, id, this.#lookUp);
    byId.set(id, plan);
    return plan;
  }

  define(id: number, wholeRest: boolean): void {
    const type = readWireType(this.#state, wholeRest);
    if (this.#types.has(id)) throw new GobError("duplicate_type", `type ${id} is defined twice`);
    if (this.#types.size >= MAX_TYPES_PER_STREAM)
      throw new GobError("limit", "a stream defines too many types");
    this.#types.set(id, type);
    this.#provisional.push(id);
  }

  nextMessage(): void {
    if (++this.#messages > MAX_MESSAGES_PER_VALUE) throw tooManyMessages();
    const at = this.#state.end;
    if (this.#openMessage(at)) return;
    this.#awaited = at - this.#start;
    throw MESSAGE_MISSING;
  }
}

/** A value that was refused and passed over; the stream goes on. */
class ValueError extends Error {
  readonly reason: GobError;
  constructor(reason: GobError) {
    super(reason.message);
    this.reason = reason;
  }
}

function tooManyMessages(): GobError {
  return new GobError("limit", `a value spans more than ${MAX_MESSAGES_PER_VALUE} messages`);
}

/** Whether the bytes may be right and only our schema is not. */
function fitsProblem(error: GobError): boolean {
  return error.code === "type_mismatch" || error.code === "number_range";
}

function asGobError(error: unknown): GobError {
  return error instanceof GobError
    ? error
    : new GobError("malformed", "gob bytes could not be decoded", { cause: error });
}
