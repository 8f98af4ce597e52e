import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type AnyValue, GoValue } from "./any-value.ts";
import { GobDecoder, INCOMPLETE } from "./decoder.ts";
import { GobEncoder } from "./encoder.ts";
import { GobError } from "./gob-error.ts";
import { gobTimeFromDate } from "./gob-time.ts";
import { createRegistry } from "./registry.ts";
import {
  type AnySchema,
  any,
  bool,
  bytes,
  dynamic,
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
  url,
} from "./schema.ts";
import { decodeAll } from "./testing/golden.ts";

/** A schema together with values that it can carry unchanged. */
interface Sample {
  readonly schema: AnySchema;
  readonly value: unknown;
}

const text = fc.string({ unit: "binary" }).map((value) => value.toWellFormed());
const json = fc.jsonValue().map((value) => value as AnyValue);

function scalar<T>(
  schema: Schema<T, T, undefined> | Schema<T>,
  values: fc.Arbitrary<T>,
): fc.Arbitrary<Sample> {
  return values.map((value) => ({ schema, value }));
}

const scalars: fc.Arbitrary<Sample> = fc.oneof(
  scalar(bool, fc.boolean()),
  scalar(int, fc.maxSafeInteger()),
  scalar(uint, fc.maxSafeNat()),
  scalar(int64big, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  scalar(uint64big, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
  scalar(
    float,
    fc.double().map((value) => (value === 0 ? 0 : value)),
  ),
  scalar(string, text),
  scalar(filled(bytes), fc.uint8Array()),
  scalar(url, text),
  scalar(time, fc.date({ noInvalidDate: true }).map(gobTimeFromDate)),
);

const samples: fc.Arbitrary<Sample> = fc.letrec<{ sample: Sample }>((tie) => ({
  sample: fc.oneof(
    { maxDepth: 4, depthSize: "medium" },
    scalars,
    scalars,
    fc.tuple(tie("sample"), fc.nat(4)).map(([{ schema, value }, count]) => ({
      schema: filled(slice(schema)),
      value: new Array<unknown>(count).fill(value),
    })),
    fc.tuple(tie("sample"), fc.array(text, { maxLength: 3 })).map(([{ schema, value }, keys]) => ({
      schema: filled(record(schema)),
      value: Object.fromEntries(keys.map((key) => [key, value])),
    })),
    fc
      .tuple(tie("sample"), fc.uniqueArray(fc.integer(), { maxLength: 3 }))
      .map(([{ schema, value }, keys]) => ({
        schema: filled(map(int, schema)),
        value: new Map(keys.map((key) => [key, value])),
      })),
    fc.array(tie("sample"), { maxLength: 5 }).map((parts) => ({
      schema: struct("S", Object.fromEntries(parts.map(({ schema }, index) => [`f${index}`, schema]))),
      value: Object.fromEntries(parts.map(({ value }, index) => [`f${index}`, value])),
    })),
  ),
})).sample;

describe("what we write", () => {
  test("we read back, whatever the types and however it is cut", () => {
    fc.assert(
      fc.property(fc.array(samples, { minLength: 1, maxLength: 4 }), fc.nat(), (parts, cut) => {
        const encoder = new GobEncoder();
        const decoder = new GobDecoder();
        for (const { schema, value } of [...parts, ...parts]) {
          const encoded = encoder.encode(schema, value);
          const place = cut % (encoded.length + 1);
          const [back] = decodeAll([encoded.subarray(0, place), encoded.subarray(place)], schema, decoder);
          expect(back).toEqual(value);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("any JSON value comes back as an interface value", () => {
    const Props = struct("Props", { v: any });
    fc.assert(
      fc.property(json, (value) => {
        const [back] = decodeAll([new GobEncoder().encode(Props, { v: value })], Props);
        const expected = value === null ? {} : { v: value };
        // Gob has one zero among its floats; in an interface value the sign is kept.
        expect(back).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test("a registered type travels by its name", () => {
    const Note = struct("Note", { code: int, text: string });
    const registry = createRegistry([["*own.Note", Note]]);
    const Holder = struct("Holder", { list: slice(any) });
    const list = [new GoValue("*own.Note", { code: 1, text: "a" }), "x", null, 5n, Uint8Array.of(1)];
    const encoded = new GobEncoder(registry).encode(Holder, { list });
    const [back] = decodeAll([encoded], Holder, new GobDecoder(registry));
    expect(back).toEqual({ list: [list[0], "x", null, 5, Uint8Array.of(1)] });
  });

  test("keys that JavaScript objects treat as special are keys like all others", () => {
    const Props = struct("Props", { map: record(string) });
    const special = JSON.parse('{"__proto__": "a", "constructor": "b"}') as Record<string, string>;
    const [back] = decodeAll([new GobEncoder().encode(Props, { map: special })], Props);
    const { map: received } = back as { map: Record<string, string> };
    expect(Object.entries(received)).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
    expect(Object.getPrototypeOf(received)).toBeNull();
  });

  test("zero fields, undefined and null do not travel", () => {
    const Zero = struct("Zero", { a: bool, b: int, c: string, d: slice(int), e: float, f: ptr(string) });
    const encoder = new GobEncoder();
    encoder.encode(Zero, {});
    expect(encoder.encode(Zero, { a: false, b: 0, c: "", d: [], e: 0, f: undefined })).toEqual(
      encoder.encode(Zero, {}),
    );
    const list = [1, 0];
    expect(encoder.encode(Zero, { d: list }).length).toBeGreaterThan(encoder.encode(Zero, {}).length);
  });

  test("an empty map and a pointer to an empty struct do travel", () => {
    const Full = struct("Full", { m: record(int), p: ptr(struct("Inner", { n: int })) });
    const [back] = decodeAll([new GobEncoder().encode(Full, { m: {}, p: {} })], dynamic);
    expect(back).toEqual({ M: {}, P: {} });
  });

  test("each type is defined once per stream", () => {
    const Inner = struct("Inner", { n: int });
    const Outer = struct("Outer", { a: Inner, b: slice(Inner) });
    const encoder = new GobEncoder();
    const first = encoder.encode(Outer, { a: { n: 1 } });
    const second = encoder.encode(Outer, { a: { n: 1 } });
    expect(second.length).toBeLessThan(first.length / 3);
    expect(first.subarray(first.length - second.length)).toEqual(second);
  });

  test("a refused value leaves the stream as it was, definitions included", () => {
    const Pair = struct("Pair", { a: int, b: int });
    const encoder = new GobEncoder();
    expect(() => encoder.encode(Pair, { a: 1, b: 1.5 })).toThrow(GobError);
    const [back] = decodeAll([encoder.encode(Pair, { a: 1, b: 2 })], Pair);
    expect(back).toEqual({ a: 1, b: 2 });
  });

  test("a refused value is named by its path", () => {
    const Post = struct("Post", { props: record(any), owner: ptr(struct("User", { id: string })) });
    const owner: unknown = { id: 5 };
    let error: unknown;
    try {
      new GobEncoder().encode(Post, { owner: owner as { id: string } });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({
      code: "bad_value",
      path: ["owner", "id"],
      message: "owner.id: expected a string, got number",
    });
  });

  test("a value that contains itself is refused", () => {
    const loop: Record<string, AnyValue> = {};
    loop.self = loop;
    expect(() => new GobEncoder().encode(record(any), loop)).toThrow(GobError);
    interface Chain {
      next?: Chain | undefined;
    }
    const Chain: Schema<Chain> = struct("Chain", { next: ptr(lazy(() => Chain)) });
    const ring: Chain = {};
    ring.next = ring;
    expect(() => new GobEncoder().encode(Chain, ring)).toThrow(GobError);
  });

  test("functions and unregistered Go types do not travel in interface values", () => {
    const encoder = new GobEncoder();
    expect(() => encoder.encode(record(any), { f: new GoValue("*own.Unknown", {}) })).toThrow(GobError);
    const odd: unknown = { f: () => 1 };
    expect(() => encoder.encode(record(any), odd as Record<string, AnyValue>)).toThrow(GobError);
  });

  test("a struct value can be handed to someone who wants none", () => {
    const decoder = new GobDecoder();
    decoder.push(new GobEncoder().encode(none, undefined));
    expect(decoder.next(none)).toBeUndefined();
    expect(decoder.next(none)).toBe(INCOMPLETE);
  });

  test("a message of a megabyte is not kept in the encoder's memory afterwards", () => {
    const encoder = new GobEncoder();
    const large = encoder.encode(bytes, new Uint8Array(3_000_000).fill(1));
    const [back] = decodeAll([large], bytes);
    expect(back).toHaveLength(3_000_000);
    expect(encoder.encode(bytes, Uint8Array.of(2))).toHaveLength(5);
  });
});
