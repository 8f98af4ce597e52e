import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { GobDecoder, INCOMPLETE } from "./decoder.ts";
import { GobError } from "./gob-error.ts";
import { dynamic } from "./schema.ts";
import { bytesOf, decodeAll, notation, vectors } from "./testing/golden.ts";

const LARGE = new Set(["large_bytes", "large_slice"]);
const STREAMS = /^(stream_|rpc_)/;
/** Zero values that the notation of the vectors spells out although they do not travel. */
const SPELLED_OUT = /^(any_nil|rpc_)/;

function withoutZeros(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutZeros);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([, part]) => part !== null && part !== 0 && part !== "");
  return Object.fromEntries(kept);
}

function normal(name: string, value: unknown): unknown {
  return SPELLED_OUT.test(name) ? withoutZeros(value) : value;
}

/** Its value in the table is what the narrower receiver of schema.test.ts sees. */
const FOR_A_RECEIVER = new Set(["skew_sender_newer"]);

const small = vectors.filter(({ name }) => !LARGE.has(name));

describe("streams that Go wrote", () => {
  test("there are 122 of them", () => {
    expect(vectors).toHaveLength(122);
  });

  for (const { name, value } of small) {
    if (!FOR_A_RECEIVER.has(name)) {
      test(`${name} decodes to its value`, () => {
        const values = decodeAll([bytesOf(name)]);
        const found = STREAMS.test(name) ? values : values[0];
        expect(normal(name, notation(found, value))).toEqual(normal(name, value));
      });
    }

    test(`${name} decodes alike when it comes byte by byte`, () => {
      const bytes = bytesOf(name);
      const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
      expect(decodeAll(single)).toEqual(decodeAll([bytes]));
    });
  }

  test("80000 bytes arrive whole", () => {
    const [value] = decodeAll([bytesOf("large_bytes")]);
    const pattern = "0123456789abcdef".repeat(5000);
    expect(value).toMatchObject({ Str: "big", Bytes: new Uint8Array(Buffer.from(pattern)) });
  });

  test("6000 structs arrive in order", () => {
    const [value] = decodeAll([bytesOf("large_slice")]);
    const expected = Array.from({ length: 6000 }, (_, index) => ({
      Name: `name-${String(index).padStart(4, "0")}`,
      ...(index === 0 ? {} : { N: index }),
    }));
    expect(notation(value, undefined)).toMatchObject({ Vals: expected });
  });

  test("cutting a stream anywhere changes nothing", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...vectors),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
        (vector, cuts) => {
          const bytes = bytesOf(vector.name);
          const places = [
            0,
            ...cuts.map((cut) => Math.floor(cut * bytes.length)).sort((a, b) => a - b),
            bytes.length,
          ];
          const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
          expect(decodeAll(chunks)).toEqual(decodeAll([bytes]));
        },
      ),
      { numRuns: 200 },
    );
  });

  test("a stream that stops anywhere is incomplete and never yields a value that Go did not write", () => {
    for (const { name } of small) {
      const bytes = bytesOf(name);
      const whole = decodeAll([bytes]);
      for (let end = 0; end < bytes.length; end++) {
        const part = decodeAll([bytes.subarray(0, end)]);
        expect(part).toEqual(whole.slice(0, part.length));
        expect(part.length).toBeLessThan(whole.length);
      }
    }
  });

  test("a changed byte ends in a value, an error or waiting for more", () => {
    let errors = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...small),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (vector, place, change) => {
          const bytes = bytesOf(vector.name);
          bytes[place % bytes.length] = (bytes[place % bytes.length] ?? 0) ^ change;
          const decoder = new GobDecoder();
          try {
            decodeAll([bytes], undefined, decoder);
          } catch (error) {
            errors++;
            expect(error).toBeInstanceOf(GobError);
            if (decoder.broken) expect(() => decoder.next(dynamic)).toThrow(GobError);
            // Such as a time beyond 2^53 seconds: well formed, passed over, and the stream goes on.
            else
              expect(error).toMatchObject({ code: expect.stringMatching(/^(type_mismatch|number_range)$/) });
          }
        },
      ),
      { numRuns: 2000 },
    );
    expect(errors).toBeGreaterThan(100);
  });

  test("noise ends in an error or waiting for more", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const decoder = new GobDecoder();
        decoder.push(bytes);
        try {
          while (decoder.next(dynamic) !== INCOMPLETE);
        } catch (error) {
          expect(error).toBeInstanceOf(GobError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
