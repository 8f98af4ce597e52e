import { expect, test } from "bun:test";
import fc from "fast-check";
import { frameType, headerBytes, initialWindowBytes, writeHeader } from "./frame.ts";
import { FrameParser } from "./frame-parser.ts";
import type { YamuxError } from "./yamux-error.ts";

interface Seen {
  type: number;
  flags: number;
  streamId: number;
  length: number;
  payload: number[];
  complete: boolean;
}

function recorder() {
  const seen: Seen[] = [];
  const last = () => seen[seen.length - 1];
  const parser = new FrameParser({
    header: ({ type, flags, streamId, length }) =>
      seen.push({ type, flags, streamId, length, payload: [], complete: type !== frameType.data }),
    payload: (bytes) => last()?.payload.push(...bytes),
    payloadEnd: () => {
      const frame = last();
      if (frame !== undefined) frame.complete = true;
    },
  });
  return { seen, parser };
}

function frame(
  type: number,
  flags: number,
  streamId: number,
  length: number,
  payload: number[] = [],
): Uint8Array {
  const bytes = new Uint8Array(headerBytes + payload.length);
  writeHeader(bytes, 0, type, flags, streamId, length);
  bytes.set(payload, headerBytes);
  return bytes;
}

test("frames come out whole however the bytes were cut", () => {
  const anyFrame = fc.oneof(
    fc.record({
      type: fc.constant(0),
      flags: fc.constantFrom(0, 1, 4),
      streamId: fc.nat(9),
      payload: fc.array(fc.nat(255), { maxLength: 40 }),
    }),
    fc.record({
      type: fc.integer({ min: 1, max: 3 }),
      flags: fc.nat(15),
      streamId: fc.nat(9),
      payload: fc.constant<number[]>([]),
    }),
  );
  fc.assert(
    fc.property(
      fc.array(anyFrame, { minLength: 1, maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 30 })),
      (frames, cuts) => {
        const all = Buffer.concat(
          frames.map((f) => frame(f.type, f.flags, f.streamId, f.payload.length, f.payload)),
        );
        const { seen, parser } = recorder();
        let offset = 0;
        for (const size of [...cuts, all.length]) {
          parser.push(all.subarray(offset, offset + size));
          offset += size;
        }
        expect(seen).toEqual(frames.map((f) => ({ ...f, length: f.payload.length, complete: true })));
      },
    ),
  );
});

const hostile: [string, Uint8Array, string][] = [
  ["another version", Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0), "protocol"],
  ["an unknown type", frame(4, 0, 1, 0), "protocol"],
  ["an unknown flag", frame(1, 16, 1, 0), "protocol"],
  ["data beyond any window", frame(0, 0, 1, initialWindowBytes + 1), "window-exceeded"],
];

for (const [name, bytes, code] of hostile) {
  test(`${name} is refused as ${code}`, () => {
    const { parser, seen } = recorder();
    let caught: unknown;
    try {
      parser.push(bytes);
    } catch (error) {
      caught = error;
    }
    expect((caught as YamuxError).code).toBe(code as YamuxError["code"]);
    expect(seen).toEqual([]);
  });
}

test("a stopped parser delivers nothing more of the chunk it was given", () => {
  const seen: number[] = [];
  const parser = new FrameParser({
    header: ({ streamId }) => {
      seen.push(streamId);
      parser.stop();
    },
    payload: () => seen.push(-1),
    payloadEnd: () => seen.push(-2),
  });
  parser.push(Buffer.concat([frame(1, 0, 3, 0), frame(0, 0, 5, 2, [1, 2])]));
  expect(seen).toEqual([3]);
});
