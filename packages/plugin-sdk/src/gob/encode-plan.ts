import { definitionMessage, type OwnType } from "./definition.ts";
import { writeInterface } from "./encode-interface.ts";
import type { EncodePlan, EncodeState } from "./encode-state.ts";
import { GobError } from "./gob-error.ts";
import { encodeTime, type GobTime } from "./gob-time.ts";
import { type AnySchema, resolve, type SchemaNode, type StructField } from "./schema.ts";
import { FIRST_OWN_ID, WIRE_ID } from "./wire-type.ts";

type Write = EncodePlan["write"];

function refuse(expected: string, value: unknown): never {
  throw new GobError("bad_value", `expected ${expected}, got ${value === null ? "null" : typeof value}`);
}

function basic<T>(
  id: number,
  is: (value: unknown) => value is T,
  name: string,
  write: (to: EncodeState, value: T) => void,
  zero: unknown,
): EncodePlan {
  return {
    id,
    singleton: true,
    definition: undefined,
    parts: [],
    write: (to, value) => (is(value) ? write(to, value) : refuse(name, value)),
    isZero: (value) => value === zero,
  };
}

const isNumber = (value: unknown): value is number => typeof value === "number";
const isBigInt = (value: unknown): value is bigint => typeof value === "bigint";
const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
const isText = (value: unknown): value is string => typeof value === "string";
const isBool = (value: unknown): value is boolean => typeof value === "boolean";

function writeUint(to: EncodeState, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new GobError("bad_value", `expected a whole number from 0 to 2^53, got ${value}`);
  }
  to.uint(value);
}

const BASICS: Readonly<Record<string, EncodePlan>> = {
  bool: basic(WIRE_ID.bool, isBool, "a boolean", (to, value) => to.byte(value ? 1 : 0), false),
  int: basic(WIRE_ID.int, isNumber, "a number", (to, value) => to.int(value), 0),
  uint: basic(WIRE_ID.uint, isNumber, "a number", writeUint, 0),
  int64: basic(WIRE_ID.int, isBigInt, "a bigint", (to, value) => to.bigInt(value), 0n),
  uint64: basic(WIRE_ID.uint, isBigInt, "a bigint", (to, value) => to.bigUint(value), 0n),
  float: basic(WIRE_ID.float, isNumber, "a number", (to, value) => to.float(value), 0),
  string: basic(WIRE_ID.string, isText, "a string", (to, value) => to.text(value), ""),
  bytes: {
    ...basic(WIRE_ID.bytes, isBytes, "a Uint8Array", (to, value) => to.blob(value), undefined),
    isZero: (value) => isBytes(value) && value.length === 0,
  },
  any: {
    id: WIRE_ID.interface,
    singleton: true,
    definition: undefined,
    parts: [],
    write: writeInterface,
    isZero: () => false,
  },
};

const utf8 = new TextEncoder();

function isTime(value: unknown): value is GobTime {
  return typeof value === "object" && value !== null && "unixSeconds" in value && "nanoseconds" in value;
}

function writeTime(to: EncodeState, value: unknown): void {
  if (!isTime(value)) refuse("a GobTime", value);
  to.blob(encodeTime(value));
}

function writeUrl(to: EncodeState, value: unknown): void {
  if (!isText(value)) refuse("a URL as text", value);
  to.blob(utf8.encode(value));
}

function writeList(elem: EncodePlan, length?: number): Write {
  return (to, value) => {
    if (!Array.isArray(value)) refuse("an array", value);
    if (length !== undefined && value.length !== length) refuse(`an array of ${length}`, value);
    to.enter();
    to.uint(value.length);
    for (const part of value) elem.write(to, part);
    to.leave();
  };
}

function entriesOf(value: unknown): [unknown, unknown][] {
  if (value instanceof Map) return [...value];
  return typeof value === "object" && value !== null
    ? Object.entries(value)
    : refuse("an object or Map", value);
}

function writeMap(key: EncodePlan, elem: EncodePlan): Write {
  return (to, value) => {
    // A key without value is what a JavaScript object says for "not there".
    const entries = entriesOf(value).filter(([, part]) => part !== undefined);
    to.enter();
    to.uint(entries.length);
    for (const [name, part] of entries) {
      key.write(to, name);
      elem.write(to, part);
    }
    to.leave();
  };
}

function writeStruct(fields: readonly StructField[], plans: readonly EncodePlan[]): Write {
  return (to, value) => {
    if (typeof value !== "object" || value === null) refuse("an object", value);
    to.enter();
    let last = -1;
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index];
      const plan = plans[index];
      if (field === undefined || plan === undefined) break;
      const part: unknown = Reflect.get(value, field.key);
      if (part === undefined || part === null || plan.isZero(part)) continue;
      to.uint(index - last);
      last = index;
      try {
        plan.write(to, part);
      } catch (error) {
        throw error instanceof GobError ? error.within(field.key) : error;
      }
    }
    to.byte(0);
    to.leave();
  };
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
const never = (): boolean => false;

let nextId = FIRST_OWN_ID;
const plans = new WeakMap<AnySchema, EncodePlan>();

interface Growing {
  readonly id: number;
  singleton: boolean;
  definition: Uint8Array | undefined;
  parts: readonly EncodePlan[];
  write: Write;
  isZero: (value: unknown) => boolean;
}

/** How values of `schema` are written; made at first use and kept with the schema. */
export function encodePlanFor(schema: AnySchema): EncodePlan {
  const target = resolve(schema);
  const known = BASICS[target.node.kind] ?? plans.get(target);
  if (known !== undefined) return known;
  const plan: Growing = {
    id: nextId++,
    singleton: true,
    definition: undefined,
    parts: [],
    write: never,
    isZero: never,
  };
  // Known before it is complete, because a type may contain itself.
  plans.set(target, plan);
  plan.definition = definitionMessage(plan.id, fill(plan, target.node));
  return plan;
}

function fill(plan: Growing, node: SchemaNode): OwnType {
  switch (node.kind) {
    case "slice":
    case "array": {
      const elem = encodePlanFor(node.elem);
      plan.parts = [elem];
      plan.write = writeList(elem, node.kind === "array" ? node.length : undefined);
      if (node.kind === "array") return { kind: "array", elem: elem.id, length: node.length };
      plan.isZero = isEmptyList;
      return { kind: "slice", elem: elem.id };
    }
    case "map": {
      const [key, elem] = [encodePlanFor(node.key), encodePlanFor(node.elem)];
      plan.parts = [key, elem];
      plan.write = writeMap(key, elem);
      return { kind: "map", key: key.id, elem: elem.id };
    }
    case "struct": {
      const parts = node.fields.map((field) => encodePlanFor(field.schema));
      plan.parts = parts;
      plan.singleton = false;
      plan.write = writeStruct(node.fields, parts);
      const fields = node.fields.map(({ wireName }, index) => ({
        name: wireName,
        id: parts[index]?.id ?? 0,
      }));
      return { kind: "struct", name: node.name, fields };
    }
    case "time":
      plan.write = writeTime;
      return { kind: "opaque", name: "Time", encoding: "gob" };
    case "url":
      plan.write = writeUrl;
      return { kind: "opaque", name: "URL", encoding: "binary" };
    case "none":
      plan.singleton = false;
      plan.write = (to) => to.byte(0);
      return { kind: "struct", name: "", fields: [] };
    default:
      throw new GobError("bad_value", `a value of kind ${node.kind} has no type to be encoded as`);
  }
}
