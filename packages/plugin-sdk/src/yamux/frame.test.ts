import { expect, test } from "bun:test";
import fc from "fast-check";
import { type FrameHeader, flag, frameType, headerBytes, readHeader, writeHeader } from "./frame.ts";

const table: [string, FrameHeader, string][] = [
  [
    "open of stream 1",
    { version: 0, type: frameType.windowUpdate, flags: flag.syn, streamId: 1, length: 0 },
    "000100010000000100000000",
  ],
  [
    "acknowledgement",
    { version: 0, type: frameType.windowUpdate, flags: flag.ack, streamId: 2, length: 0 },
    "000100020000000200000000",
  ],
  [
    "256 KiB of data",
    { version: 0, type: frameType.data, flags: 0, streamId: 0x01020304, length: 262144 },
    "000000000102030400040000",
  ],
  [
    "last data",
    { version: 0, type: frameType.data, flags: flag.fin, streamId: 5, length: 3 },
    "000000040000000500000003",
  ],
  [
    "reset",
    { version: 0, type: frameType.windowUpdate, flags: flag.rst, streamId: 7, length: 0 },
    "000100080000000700000000",
  ],
  [
    "ping",
    { version: 0, type: frameType.ping, flags: flag.syn, streamId: 0, length: 0xdeadbeef },
    "0002000100000000deadbeef",
  ],
  [
    "go-away after a protocol error",
    { version: 0, type: frameType.goAway, flags: 0, streamId: 0, length: 1 },
    "000300000000000000000001",
  ],
  [
    "highest stream id",
    { version: 0, type: frameType.data, flags: 0, streamId: 0xffffffff, length: 0 },
    "00000000ffffffff00000000",
  ],
];

const blank = (): FrameHeader => ({ version: 9, type: 9, flags: 9, streamId: 9, length: 9 });

function twin(header: FrameHeader): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(headerBytes));
  view.setUint8(0, 0);
  view.setUint8(1, header.type);
  view.setUint16(2, header.flags);
  view.setUint32(4, header.streamId);
  view.setUint32(8, header.length);
  return new Uint8Array(view.buffer);
}

for (const [name, header, hex] of table) {
  test(`${name} is written and read as ${hex}`, () => {
    const bytes = new Uint8Array(headerBytes);
    writeHeader(bytes, 0, header.type, header.flags, header.streamId, header.length);
    expect(Buffer.from(bytes).toString("hex")).toBe(hex);
    const read = blank();
    readHeader(bytes, 0, read);
    expect(read).toEqual(header);
  });
}

test("every header equals that of a DataView codec, at any offset", () => {
  const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 0xffff }),
      u32,
      u32,
      fc.nat(20),
      (type, flags, streamId, length, offset) => {
        const header = { version: 0, type, flags, streamId, length };
        const bytes = new Uint8Array(offset + headerBytes);
        writeHeader(bytes, offset, type, flags, streamId, length);
        expect(bytes.slice(offset)).toEqual(twin(header));
        const read = blank();
        readHeader(bytes, offset, read);
        expect(read).toEqual(header);
      },
    ),
  );
});

test("a version that is not 0 is read as it is", () => {
  const read = blank();
  readHeader(Uint8Array.of(7, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0), 0, read);
  expect(read.version).toBe(7);
});
