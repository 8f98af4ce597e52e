import { GoValue } from "./any-value.ts";
import type { DecodePlan, DecodeState } from "./decode-state.ts";
import { GobError } from "./gob-error.ts";
import { MAX_TYPE_NAME_BYTES } from "./limits.ts";
import { dynamic, none } from "./schema.ts";

const SCALARS = [
  ..."bool int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr".split(" "),
  ..."float32 float64 complex64 complex128 string".split(" "),
];

/** Registered names whose values are told by JavaScript's own types and so need no wrapper. */
const PLAIN_NAMES: ReadonlySet<string> = new Set([
  ...SCALARS,
  ...SCALARS.map((name) => `[]${name}`),
  "[]interface {}",
  "map[string]interface {}",
]);

/** Go may define types in the middle of an interface value: then either a byte count or a new message stands before the next id. */
function readConcreteId(from: DecodeState): number {
  for (;;) {
    const id = from.int();
    if (id > 0) return id;
    if (id === 0) throw new GobError("malformed", "an interface value has type id 0");
    from.stream.define(-id, false);
    if (from.pos < from.end) from.uint();
    else from.stream.nextMessage();
  }
}

/** Reads the value at the state's position, with the mark that singletons carry. */
export function decodeMarked(from: DecodeState, plan: DecodePlan): unknown {
  if (plan.singleton && from.uint() !== 0)
    throw new GobError("malformed", "a value lacks the mark of a singleton");
  return plan.decode(from);
}

function readInterface(from: DecodeState, keep: boolean): unknown {
  const nameBytes = from.length();
  if (nameBytes === 0) return null;
  if (nameBytes > MAX_TYPE_NAME_BYTES) throw new GobError("limit", "a registered type's name is too long");
  const name = from.bytes.toString("utf8", from.pos, from.pos + nameBytes);
  from.skip(nameBytes);
  const id = readConcreteId(from);
  // The length covers only the part before a definition met further inside, so it can not be used to skip.
  from.uint();
  from.enter();
  const plain = PLAIN_NAMES.has(name);
  const schema = plain ? dynamic : (from.stream.registry.get(name) ?? dynamic);
  const value = decodeMarked(from, from.stream.plan(keep ? schema : none, id));
  from.leave();
  return plain || !keep ? value : new GoValue(name, value);
}

/** An interface value: null, a plain value, or a `GoValue`. */
export function decodeInterface(from: DecodeState): unknown {
  return readInterface(from, true);
}

/** Passes over an interface value, taking the definitions inside it. */
export function skipInterface(from: DecodeState): undefined {
  readInterface(from, false);
}
