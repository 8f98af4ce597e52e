import type { Decode } from "./decode-state.ts";
import { GobError } from "./gob-error.ts";
import type { AnySchema, StructField } from "./schema.ts";
import { structStart, zeroOf } from "./zero-value.ts";

/** Slices and arrays. `fixed` is an array's length. */
export function decodeList(elem: Decode, spansMessages: boolean, fixed?: number): Decode {
  return (from) => {
    from.enter();
    const count = from.elementCount(spansMessages);
    if (fixed !== undefined && count !== fixed)
      throw new GobError("malformed", "an array has another length than its type");
    const list: unknown[] = [];
    for (let index = 0; index < count; index++) list.push(elem(from));
    from.leave();
    return list;
  };
}

/** Maps with string keys, as objects without prototype: keys such as `__proto__` come from users. */
export function decodeRecord(key: Decode, elem: Decode): Decode {
  return (from) => {
    from.enter();
    const record: Record<string, unknown> = Object.create(null);
    for (let left = from.elementCount(true); left > 0; left--) record[String(key(from))] = elem(from);
    from.leave();
    return record;
  };
}

/** Maps with other keys. */
export function decodeMap(key: Decode, elem: Decode): Decode {
  return (from) => {
    from.enter();
    const map = new Map<unknown, unknown>();
    for (let left = from.elementCount(true); left > 0; left--) map.set(key(from), elem(from));
    from.leave();
    return map;
  };
}

/** Passes over `count` parts per element. */
export function skipElements(parts: readonly Decode[]): Decode {
  return (from) => {
    from.enter();
    for (let left = from.elementCount(true); left > 0; left--) for (const part of parts) part(from);
    from.leave();
    return undefined;
  };
}

/** One field as sent: where its value goes (`undefined`: nowhere) and how it is read. */
export interface SentField {
  readonly key: string | undefined;
  readonly decode: Decode;
}

function noSuchField(): GobError {
  return new GobError("malformed", "a struct value has a field that its definition lacks");
}

/** Structs of a schema: an object with every scalar filled. */
export function decodeStruct(sent: readonly SentField[], fields: readonly StructField[]): Decode {
  const { template, fresh } = structStart(fields);
  return (from) => {
    from.enter();
    const value: Record<string, unknown> = { ...template };
    let index = -1;
    for (let delta = from.uint(); delta !== 0; delta = from.uint()) {
      index += delta;
      const field = sent[index];
      if (field === undefined) throw noSuchField();
      if (field.key === undefined) field.decode(from);
      else value[field.key] = field.decode(from);
    }
    for (const { key, schema } of fresh) if (value[key] === undefined) value[key] = zeroOf(schema);
    from.leave();
    return value;
  };
}

/** Structs without schema, and structs to pass over: no filling, keys are the sender's field names. */
export function decodeSentStruct(sent: readonly SentField[]): Decode {
  return (from) => {
    from.enter();
    const value: Record<string, unknown> = Object.create(null);
    let index = -1;
    for (let delta = from.uint(); delta !== 0; delta = from.uint()) {
      index += delta;
      const field = sent[index];
      if (field === undefined) throw noSuchField();
      const part = field.decode(from);
      if (field.key !== undefined) value[field.key] = part;
    }
    from.leave();
    return value;
  };
}

/** A schema's field by its name on the wire. */
export function fieldsByWireName(
  fields: readonly StructField[],
): ReadonlyMap<string, { key: string; schema: AnySchema }> {
  return new Map(fields.map(({ key, wireName, schema }) => [wireName, { key, schema }]));
}
