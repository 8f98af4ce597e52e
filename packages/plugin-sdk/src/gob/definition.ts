import { ByteWriter } from "./byte-writer.ts";
import type { WireField } from "./wire-type.ts";

/** A type of ours, to be defined to the peer. */
export type OwnType =
  | { readonly kind: "array"; readonly elem: number; readonly length: number }
  | { readonly kind: "slice"; readonly elem: number }
  | { readonly kind: "map"; readonly key: number; readonly elem: number }
  | { readonly kind: "struct"; readonly name: string; readonly fields: readonly WireField[] }
  | { readonly kind: "opaque"; readonly name: string; readonly encoding: "gob" | "binary" };

/** Position of each kind among `wireType`'s fields, from 1 (encoding/gob type.go). */
const WIRE_TYPE_FIELD = { array: 1, slice: 2, struct: 3, map: 4, gob: 5, binary: 6 } as const;

/** CommonType {Name, Id}, as the first field of the struct around it. */
function writeCommon(to: ByteWriter, id: number, name: string): void {
  to.uint(1);
  if (name !== "") {
    to.uint(1);
    to.text(name);
  }
  to.uint(name === "" ? 2 : 1);
  to.int(id);
  to.uint(0);
}

function writeIntegers(to: ByteWriter, values: readonly number[]): void {
  let delta = 1;
  for (const value of values) {
    if (value === 0) delta++;
    else {
      to.uint(delta);
      to.int(value);
      delta = 1;
    }
  }
}

function writeFields(to: ByteWriter, fields: readonly WireField[]): void {
  if (fields.length === 0) return;
  to.uint(1);
  to.uint(fields.length);
  for (const { name, id } of fields) {
    to.uint(1);
    to.text(name);
    to.uint(1);
    to.int(id);
    to.uint(0);
  }
}

/** The message that defines `type` as `id`. */
export function definitionMessage(id: number, type: OwnType): Uint8Array {
  const to = new ByteWriter();
  const start = to.openBlock();
  to.int(-id);
  to.uint(type.kind === "opaque" ? WIRE_TYPE_FIELD[type.encoding] : WIRE_TYPE_FIELD[type.kind]);
  writeCommon(to, id, "name" in type ? type.name : "");
  if (type.kind === "array") writeIntegers(to, [type.elem, type.length]);
  else if (type.kind === "slice") writeIntegers(to, [type.elem]);
  else if (type.kind === "map") writeIntegers(to, [type.key, type.elem]);
  else if (type.kind === "struct") writeFields(to, type.fields);
  to.uint(0);
  to.uint(0);
  to.closeBlock(start);
  return Uint8Array.from(to.bytes.subarray(0, to.pos));
}
