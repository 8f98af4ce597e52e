import { expect, test } from "bun:test";
import fc from "fast-check";
import type { ByteStream } from "../byte-stream.ts";
import { frameType, headerBytes, initialWindowBytes, writeHeader } from "./frame.ts";
import { congestionBytes, FrameWriter } from "./frame-writer.ts";

/** A transport that keeps what it is given and drains when told. */
function sink() {
  const writes: Uint8Array[] = [];
  const drain = Promise.withResolvers<void>();
  const transport: ByteStream = {
    receive() {},
    consumed() {},
    write: (bytes) => void writes.push(bytes),
    drained: () => drain.promise,
    end() {},
    reset() {},
  };
  return { transport, writes, drain: () => drain.resolve() };
}

function header(type: number, flags: number, streamId: number, length: number): Uint8Array {
  const bytes = new Uint8Array(headerBytes);
  writeHeader(bytes, 0, type, flags, streamId, length);
  return bytes;
}

test("any mix of frames leaves in order and unchanged, across all slabs", () => {
  const frame = fc.record({ id: fc.nat(1000), size: fc.oneof(fc.constant(undefined), fc.nat(40_000)) });
  fc.assert(
    fc.property(fc.array(fc.tuple(frame, fc.boolean()), { maxLength: 60 }), (frames) => {
      const { transport, writes } = sink();
      const writer = new FrameWriter(
        transport,
        () => {},
        () => {},
      );
      const expected: Uint8Array[] = [];
      for (const [{ id, size }, flushes] of frames) {
        if (size === undefined) {
          writer.control(frameType.windowUpdate, 1, id, 5);
          expected.push(header(frameType.windowUpdate, 1, id, 5));
        } else {
          const payload = new Uint8Array(size).fill(id);
          writer.data(id, payload);
          expected.push(header(frameType.data, 0, id, size), payload);
        }
        if (flushes) writer.flush();
      }
      writer.flush();
      expect(Buffer.concat(writes).equals(Buffer.concat(expected))).toBe(true);
    }),
  );
});

test("control frames alone fill slab after slab without a gap", () => {
  const { transport, writes } = sink();
  const writer = new FrameWriter(
    transport,
    () => {},
    () => {},
  );
  const count = 20_000;
  for (let id = 1; id <= count; id += 1) {
    writer.control(frameType.ping, 1, 0, id);
    if (id % 3 === 0) writer.flush();
  }
  writer.flush();
  const bytes = Buffer.concat(writes);
  expect(bytes.length).toBe(count * headerBytes);
  for (let index = 0; index < count; index += 1)
    expect(bytes.readUInt32BE(index * headerBytes + 8)).toBe(index + 1);
});

test("a flush is asked for once per batch", () => {
  const { transport, writes } = sink();
  const scheduled: (() => void)[] = [];
  const writer = new FrameWriter(
    transport,
    (flush) => void scheduled.push(flush),
    () => {},
  );
  for (let batch = 0; batch < 2; batch += 1) {
    writer.control(frameType.ping, 1, 0, 1);
    writer.data(1, Uint8Array.of(1, 2));
    scheduled[batch]?.();
  }
  expect([scheduled.length, writes.length]).toEqual([2, 2]);
});

test("after a window's worth of bytes it is congested until the transport drained", async () => {
  const { transport, drain } = sink();
  const roomAgain = Promise.withResolvers<void>();
  const writer = new FrameWriter(
    transport,
    () => {},
    () => roomAgain.resolve(),
  );
  writer.data(1, new Uint8Array(congestionBytes - headerBytes - 1));
  expect(writer.congested).toBe(false);
  writer.data(1, new Uint8Array(1));
  writer.flush();
  expect([writer.congested, writer.backlogBytes]).toEqual([true, initialWindowBytes + headerBytes]);
  drain();
  await roomAgain.promise;
  expect([writer.congested, writer.backlogBytes]).toEqual([false, 0]);
});

test("a stopped writer drops what was not flushed", () => {
  const { transport, writes } = sink();
  const writer = new FrameWriter(
    transport,
    () => {},
    () => {},
  );
  writer.control(frameType.ping, 1, 0, 1);
  writer.stop();
  writer.flush();
  writer.data(1, Uint8Array.of(1));
  writer.flush();
  expect(writes).toEqual([]);
});
