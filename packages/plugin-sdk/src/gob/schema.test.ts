import { describe, expect, test } from "bun:test";
import { GoValue } from "./any-value.ts";
import { GobDecoder } from "./decoder.ts";
import { GobError } from "./gob-error.ts";
import { dateFromGobTime } from "./gob-time.ts";
import { createRegistry } from "./registry.ts";
import {
  any,
  array,
  bool,
  bytes,
  dynamic,
  field,
  filled,
  float,
  int,
  int64big,
  lazy,
  map,
  none,
  ptr,
  record,
  type Schema,
  slice,
  string,
  struct,
  time,
  uint,
  uint64big,
} from "./schema.ts";
import { bytesOf, decodeAll } from "./testing/golden.ts";

const Inner = struct("Inner", { name: string, n: int });
const Outer = struct("Outer", { title: string, in: Inner, ptr: ptr(Inner), tail: string });
const Note = struct("Note", { code: int, text: string });
const Box = struct("Box", { v: any, w: any });

interface Node {
  name: string;
  next?: Node | undefined;
  kids?: Node[] | undefined;
}
interface NodeInput {
  readonly name?: string | undefined;
  readonly next?: NodeInput | undefined;
  readonly kids?: readonly NodeInput[] | undefined;
}
const Node: Schema<Node, NodeInput> = struct("Node", {
  name: string,
  next: ptr(lazy(() => Node)),
  kids: slice(lazy(() => Node)),
});

function one(name: string, schema: Parameters<typeof decodeAll>[1], decoder?: GobDecoder): unknown {
  return decodeAll([bytesOf(name)], schema, decoder)[0];
}

describe("what Go wrote, by schema", () => {
  test("scalars that did not travel are zero, nillable fields are absent", () => {
    const Scalars = struct("Scalars", { bool, int, uint, float, str: string, bytes });
    expect(one("scalars_zero", Scalars)).toStrictEqual({ bool: false, int: 0, uint: 0, float: 0, str: "" });
    expect(one("scalars_full", Scalars)).toStrictEqual({
      bool: true,
      int: -5,
      uint: 5,
      float: 1.5,
      str: "x",
      bytes: Uint8Array.of(9),
    });
  });

  test("value structs are filled, absent pointers stay absent", () => {
    expect(one("nested_zero_struct_value", Outer)).toStrictEqual({
      title: "",
      in: { name: "", n: 0 },
      tail: "z",
    });
    expect(one("nested_ptr_to_zero", Outer)).toMatchObject({ ptr: { name: "", n: 0 } });
  });

  test("pointers to zero scalars come as absent", () => {
    const Pointers = struct("Pointers", { s: ptr(string), i: ptr(int), b: ptr(bool), p: ptr(Inner) });
    expect(one("pointers_to_zero", Pointers)).toStrictEqual({});
    expect(one("pointers_set", Pointers)).toStrictEqual({ s: "s", i: 7, b: true, p: { name: "n", n: 3 } });
  });

  test("64-bit integers keep every bit as bigint and are refused as number", () => {
    const Wide = struct("Ints", { a: int, e: int64big, h: uint64big });
    expect(one("ints_struct", Wide)).toStrictEqual({ a: -1, e: -(2n ** 63n), h: 2n ** 64n - 1n });
    expect(() => one("ints_struct", struct("Ints", { e: int }))).toThrow(GobError);
  });

  test("arrays have their length, and only that", () => {
    const Slices = (length: number) => struct("Slices", { arr: array(int, length) });
    expect(one("slices_full", Slices(3))).toStrictEqual({ arr: [0, 5, 0] });
    expect(() => one("slices_full", Slices(4))).toThrow(GobError);
  });

  test("maps with keys that are no strings are Maps", () => {
    const Maps = struct("Maps", { ss: field("SS", record(string)), ip: field("IP", map(int, Inner)) });
    expect(one("maps_one", Maps)).toMatchObject({ ip: new Map([[-3, { name: "p", n: 0 }]]) });
  });

  test("a type that contains itself", () => {
    expect(one("recursive", Node)).toStrictEqual({
      name: "a",
      next: { name: "b" },
      kids: [{ name: "k1" }, { name: "k2", next: { name: "deep" } }],
    });
  });

  test("times keep nanoseconds and zone", () => {
    expect(one("time_zone", time)).toStrictEqual({
      unixSeconds: Date.parse("2026-01-02T03:04:05-05:30") / 1000,
      nanoseconds: 0,
      offsetSeconds: -19_800,
    });
    expect(one("time_zone_seconds", time)).toMatchObject({ offsetSeconds: 3617 });
    const [value] = decodeAll([bytesOf("time_ms")], time);
    expect(dateFromGobTime(value as Parameters<typeof dateFromGobTime>[0]).toISOString()).toBe(
      "2026-01-02T03:04:05.678Z",
    );
  });

  test("fields that only the sender has are passed over", () => {
    const Narrow = struct("Narrow", { a: field("A", string), g: field("G", string) });
    expect(one("skew_sender_newer", Narrow)).toStrictEqual({ a: "a", g: "g" });
  });

  test("fields that only the receiver has are filled", () => {
    const Wide = struct("Wide", {
      a: string,
      b: int,
      c: Inner,
      d: filled(record(string)),
      e: slice(string),
      g: string,
    });
    expect(one("skew_sender_older", Wide)).toEqual({ a: "a", b: 0, c: { name: "", n: 0 }, d: {}, g: "g" });
  });

  test("structs without a common field do not match, an empty one matches all", () => {
    expect(() => one("skew_nothing_in_common", struct("Narrow", { a: string }))).toThrow(GobError);
    expect(one("skew_nothing_in_common", struct("Empty", {}))).toStrictEqual({});
  });

  test("registered types have their schema's form", () => {
    const decoder = new GobDecoder(createRegistry([["*main.Note", Note]]));
    expect(one("error_set", struct("ErrBox", { a: any }), decoder)).toStrictEqual({
      a: new GoValue("*main.Note", { code: 0, text: "bad" }),
    });
  });

  test("a type that appears inside nested interface values is known from then on", () => {
    const decoder = new GobDecoder(createRegistry([["*main.Note", Note]]));
    const value = one("any_nested_struct_in_list", Box, decoder);
    expect(value).toMatchObject({
      v: [new GoValue("*main.Note", { code: 1, text: "a" }), { goType: "main.Inner" }],
    });
  });
});

describe("a value that does not fit", () => {
  test("is passed over, so that the next one can be read", () => {
    const decoder = new GobDecoder();
    decoder.push(bytesOf("stream_iface_types_once"));
    expect(() => decoder.next(struct("Box", { v: string }))).toThrow(GobError);
    expect(decoder.broken).toBe(false);
    expect(decoder.next(Box)).toMatchObject({ v: { goType: "*main.Note", value: { Code: 2, Text: "b" } } });
    expect(decoder.next(Note)).toStrictEqual({ code: 3, text: "c" });
  });

  test.each([
    ["text as number", "string_ascii", int],
    ["a number as text", "int_1", string],
    ["signed as unsigned", "int_1", uint],
    ["a list as a map", "slice_string", record(string)],
    ["a list of text as a list of numbers", "slice_string", slice(int)],
    ["a struct as text", "nested_full", string],
    ["a time as bytes", "time_ms", bytes],
    ["text as an interface", "string_ascii", any],
  ] as const)("%s is a type mismatch", (_, name, schema) => {
    let error: unknown;
    try {
      one(name, schema);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: "GobError", code: "type_mismatch" });
  });

  test("any of the streams can be passed over whole", () => {
    for (const name of [
      "any_nested_struct_in_list",
      "slices_full",
      "maps_many",
      "recursive",
      "any_time",
      "marshalers",
    ]) {
      const decoder = new GobDecoder();
      expect(one(name, none, decoder)).toBeUndefined();
      expect(decoder.midMessage).toBe(false);
    }
  });
});

test("dynamic and typed decoding can alternate on one stream", () => {
  const decoder = new GobDecoder();
  decoder.push(bytesOf("stream_types_once"));
  expect(decoder.next(Outer)).toStrictEqual({ title: "1", in: { name: "", n: 0 }, tail: "" });
  expect(decoder.next(dynamic)).toEqual({ Title: "2", In: {} });
  expect(decoder.next(Inner)).toStrictEqual({ name: "3", n: 3 });
  expect(decoder.next(string)).toBe("four");
});
