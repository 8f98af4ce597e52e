import type { ByteReader } from "./byte-reader.ts";
import { GobError } from "./gob-error.ts";
import { MAX_REMEMBERED_DEFINITION_BYTES, MAX_REMEMBERED_DEFINITIONS } from "./limits.ts";

/** Type ids fixed by the format (encoding/gob type.go). */
export const WIRE_ID = {
  bool: 1,
  int: 2,
  uint: 3,
  float: 4,
  bytes: 5,
  string: 6,
  complex: 7,
  interface: 8,
} as const;

/** First id we give to a type of our own; older Go releases begin here too. */
export const FIRST_OWN_ID = 65;

export type BasicName = keyof typeof WIRE_ID;

/** A type as the sender defined it; parts are named by type ids of the same stream. */
export type WireType =
  | { readonly kind: "basic"; readonly name: BasicName }
  | { readonly kind: "array"; readonly elem: number; readonly length: number }
  | { readonly kind: "slice"; readonly elem: number }
  | { readonly kind: "map"; readonly key: number; readonly elem: number }
  | { readonly kind: "struct"; readonly fields: readonly WireField[] }
  | { readonly kind: "opaque"; readonly encoding: "gob" | "binary" | "text" };

export interface WireField {
  readonly name: string;
  readonly id: number;
}

/** The types every stream starts with. */
export const basicTypes: ReadonlyMap<number, WireType> = new Map(
  Object.entries(WIRE_ID).map(([name, id]) => [id, { kind: "basic", name: name as BasicName }]),
);

/** Reads a struct value field by field: `read` is called with each field's number. */
function readFields(from: ByteReader, count: number, read: (index: number) => void): void {
  let index = -1;
  for (;;) {
    const delta = from.uint();
    if (delta === 0) return;
    index += delta;
    if (index >= count)
      throw new GobError("malformed", "a type definition has a field that the format does not know");
    read(index);
  }
}

/** CommonType {Name, Id}: neither matters, matching goes by field names and the id stands before the definition. */
function readCommon(from: ByteReader): void {
  readFields(from, 2, (index) => {
    if (index === 0) from.text();
    else from.int();
  });
}

/** Reads a struct of one CommonType followed by integers. */
function readIntegers(from: ByteReader, count: number): readonly number[] {
  const values = new Array<number>(count).fill(0);
  readFields(from, count + 1, (index) => {
    if (index === 0) readCommon(from);
    else values[index - 1] = from.int();
  });
  return values;
}

function readStruct(from: ByteReader): WireType {
  const fields: WireField[] = [];
  readFields(from, 2, (index) => {
    if (index === 0) return readCommon(from);
    for (let left = from.length(); left > 0; left--) {
      let name = "";
      let id = 0;
      readFields(from, 2, (part) => {
        if (part === 0) name = from.text();
        else id = from.int();
      });
      fields.push({ name, id });
    }
  });
  return { kind: "struct", fields };
}

const OPAQUE_ENCODINGS = ["gob", "binary", "text"] as const;

function readDefinition(from: ByteReader): WireType {
  let type: WireType | undefined;
  readFields(from, 7, (index) => {
    if (type !== undefined) throw new GobError("malformed", "a type definition defines two types");
    if (index === 0) {
      const [elem = 0, length = 0] = readIntegers(from, 2);
      type = { kind: "array", elem, length };
    } else if (index === 1) {
      const [elem = 0] = readIntegers(from, 1);
      type = { kind: "slice", elem };
    } else if (index === 2) type = readStruct(from);
    else if (index === 3) {
      const [key = 0, elem = 0] = readIntegers(from, 2);
      type = { kind: "map", key, elem };
    } else {
      readIntegers(from, 0);
      type = { kind: "opaque", encoding: OPAQUE_ENCODINGS[index - 4] ?? "gob" };
    }
  });
  if (type === undefined) throw new GobError("malformed", "a type definition defines nothing");
  return type;
}

const remembered = new Map<string, WireType>();

/**
 * Reads a `wireType` value. Equal definition bytes yield the same object on every stream, which is what lets decoding
 * plans be shared: Mattermost opens new connections, with all their definitions, for each HTTP request.
 */
export function readWireType(from: ByteReader, wholeRest: boolean): WireType {
  const start = from.pos;
  if (wholeRest && from.end - start <= MAX_REMEMBERED_DEFINITION_BYTES) {
    const known = remembered.get(from.bytes.toString("latin1", start, from.end));
    if (known !== undefined) {
      from.pos = from.end;
      return known;
    }
  }
  const type = readDefinition(from);
  if (from.pos - start > MAX_REMEMBERED_DEFINITION_BYTES) return type;
  const key = from.bytes.toString("latin1", start, from.pos);
  const known = remembered.get(key);
  if (known !== undefined) return known;
  if (remembered.size >= MAX_REMEMBERED_DEFINITIONS) remembered.clear();
  remembered.set(key, type);
  return type;
}
