import { expect, test } from "bun:test";
import { ByteWriter } from "./byte-writer.ts";
import { GobDecoder, INCOMPLETE } from "./decoder.ts";
import { definitionMessage } from "./definition.ts";
import { GobError, type GobErrorCode } from "./gob-error.ts";
import {
  MAX_ELEMENTS_PER_VALUE,
  MAX_MESSAGE_BYTES,
  MAX_MESSAGES_PER_VALUE,
  MAX_NESTING,
  MAX_REMEMBERED_DEFINITION_BYTES,
  MAX_TYPES_PER_STREAM,
} from "./limits.ts";
import { dynamic, int, slice } from "./schema.ts";
import { WIRE_ID } from "./wire-type.ts";

const LIST = 70;
const NODE = 71;

function message(write: (to: ByteWriter) => void): Uint8Array {
  const to = new ByteWriter();
  const start = to.openBlock();
  write(to);
  to.closeBlock(start);
  return Uint8Array.from(to.bytes.subarray(0, to.pos));
}

function listOf(elem: number): Uint8Array {
  return definitionMessage(LIST, { kind: "slice", elem });
}

function outcome(...messages: readonly Uint8Array[]): GobErrorCode | "incomplete" | "value" {
  const decoder = new GobDecoder();
  decoder.push(Buffer.concat(messages));
  try {
    return decoder.next(dynamic) === INCOMPLETE ? "incomplete" : "value";
  } catch (error) {
    if (error instanceof GobError) return error.code;
    throw error;
  }
}

test("an empty message is malformed", () => {
  expect(outcome(Uint8Array.of(0))).toBe("malformed");
});

test("a message beyond the limit is refused before its bytes come", () => {
  const to = new ByteWriter();
  to.uint(MAX_MESSAGE_BYTES + 1);
  expect(outcome(to.bytes.subarray(0, to.pos))).toBe("limit");
  const beyondDoubles = Uint8Array.of(0xf8, 255, 255, 255, 255, 255, 255, 255, 255);
  expect(outcome(beyondDoubles)).toBe("limit");
});

test("a large claimed length takes no memory until its bytes come", () => {
  const before = process.memoryUsage().arrayBuffers;
  const decoders = Array.from({ length: 50 }, () => {
    const to = new ByteWriter();
    to.uint(MAX_MESSAGE_BYTES - 100);
    const decoder = new GobDecoder();
    decoder.push(to.bytes.subarray(0, to.pos));
    expect(decoder.next(dynamic)).toBe(INCOMPLETE);
    return decoder;
  });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * 1024 * 1024);
  expect(decoders.every((decoder) => decoder.midMessage)).toBe(true);
});

test("an element count beyond the bytes that are there is malformed", () => {
  const value = message((to) => {
    to.int(LIST);
    to.byte(0);
    to.uint(1_000_000);
    to.byte(1);
  });
  expect(outcome(listOf(WIRE_ID.int), value)).toBe("malformed");
});

test("a huge element count of interface values is refused", () => {
  const value = message((to) => {
    to.int(LIST);
    to.byte(0);
    to.uint(MAX_ELEMENTS_PER_VALUE + 1);
  });
  expect(outcome(listOf(WIRE_ID.interface), value)).toBe("limit");
});

test("nesting has a limit, by types that contain themselves", () => {
  const node = definitionMessage(NODE, {
    kind: "struct",
    name: "Node",
    fields: [{ name: "Next", id: NODE }],
  });
  const nested = (depth: number) =>
    message((to) => {
      to.int(NODE);
      for (let level = 1; level < depth; level++) to.uint(1);
      for (let level = 0; level < depth; level++) to.uint(0);
    });
  expect(outcome(node, nested(MAX_NESTING))).toBe("value");
  expect(outcome(node, nested(MAX_NESTING + 1))).toBe("limit");
  expect(outcome(node, nested(100_000))).toBe("limit");
});

test("a list that is its own element is no endless loop", () => {
  const value = message((to) => {
    to.int(LIST);
    to.byte(0);
    for (let level = 0; level < 10_000; level++) to.uint(1);
  });
  expect(outcome(listOf(LIST), value)).toBe("limit");
});

test("a stream defines a limited number of types", () => {
  const definitions = Array.from({ length: MAX_TYPES_PER_STREAM }, (_, index) =>
    definitionMessage(100 + index, { kind: "slice", elem: WIRE_ID.int }),
  );
  expect(outcome(...definitions)).toBe("limit");
});

test("a type is defined once", () => {
  expect(outcome(listOf(WIRE_ID.int), listOf(WIRE_ID.int))).toBe("duplicate_type");
  expect(outcome(definitionMessage(WIRE_ID.int, { kind: "slice", elem: WIRE_ID.int }))).toBe(
    "duplicate_type",
  );
});

test("a type is defined before it is used", () => {
  const value = message((to) => {
    to.int(LIST);
    to.byte(0);
    to.uint(0);
  });
  expect(outcome(value)).toBe("unknown_type");
  expect(outcome(listOf(99), value)).toBe("unknown_type");
});

test("a value that ends before or after its message is malformed", () => {
  expect(outcome(message((to) => to.int(WIRE_ID.int)))).toBe("malformed");
  const tooLong = message((to) => {
    to.int(WIRE_ID.int);
    to.byte(0);
    to.int(5);
    to.int(6);
  });
  expect(outcome(tooLong)).toBe("malformed");
});

test("a singleton needs its mark", () => {
  const value = message((to) => {
    to.int(WIRE_ID.int);
    to.byte(1);
    to.int(5);
  });
  expect(outcome(value)).toBe("malformed");
});

test("a struct field beyond the definition is malformed", () => {
  const node = definitionMessage(NODE, {
    kind: "struct",
    name: "One",
    fields: [{ name: "A", id: WIRE_ID.int }],
  });
  const value = message((to) => {
    to.int(NODE);
    to.uint(2);
    to.int(1);
    to.uint(0);
  });
  expect(outcome(node, value)).toBe("malformed");
});

/** A value whose every interface element brings a new type, so that each ends its message. */
function spanning(types: number): Uint8Array[] {
  const messages = [listOf(WIRE_ID.interface)];
  let open = (to: ByteWriter) => {
    to.int(LIST);
    to.byte(0);
    to.uint(types);
  };
  for (let index = 0; index < types; index++) {
    const id = 200 + index;
    const definition = definitionMessage(id, { kind: "slice", elem: WIRE_ID.int });
    const before = open;
    messages.push(
      message((to) => {
        before(to);
        to.text("[]own");
        to.raw(definition.subarray(1));
      }),
    );
    open = (to) => {
      to.int(id);
      to.uint(2);
      to.byte(0);
      to.uint(0);
    };
  }
  messages.push(message(open));
  return messages;
}

test("a value may span messages, whenever they come", () => {
  const decoder = new GobDecoder();
  const messages = spanning(20);
  const last = messages.pop() ?? new Uint8Array();
  for (const part of messages) {
    decoder.push(part);
    expect(decoder.next(dynamic)).toBe(INCOMPLETE);
  }
  decoder.push(last);
  expect(decoder.next(dynamic)).toHaveLength(20);
});

test("a value spans a limited number of messages", () => {
  expect(outcome(...spanning(MAX_MESSAGES_PER_VALUE - 1))).toBe("value");
  expect(outcome(...spanning(MAX_MESSAGES_PER_VALUE))).toBe("limit");
});

test("a chunk that was overwritten after it was handed in does no harm", () => {
  const decoder = new GobDecoder();
  const bytes = Buffer.concat([
    listOf(WIRE_ID.int),
    message((to) => {
      to.int(LIST);
      to.byte(0);
      to.uint(3);
      for (const value of [1, 2, 3]) to.int(value);
    }),
  ]);
  const chunk = Uint8Array.from(bytes.subarray(0, bytes.length - 2));
  decoder.push(chunk);
  expect(decoder.next(slice(int))).toBe(INCOMPLETE);
  chunk.fill(0xff);
  decoder.push(bytes.subarray(bytes.length - 2));
  expect(decoder.next(slice(int))).toEqual([1, 2, 3]);
});

test("a definition too large to be remembered works like any other", () => {
  const fields = Array.from({ length: 3000 }, (_, index) => ({ name: `Field${index}`, id: WIRE_ID.int }));
  const definition = definitionMessage(NODE, { kind: "struct", name: "Wide", fields });
  expect(definition.length).toBeGreaterThan(MAX_REMEMBERED_DEFINITION_BYTES);
  const value = message((to) => {
    to.int(NODE);
    to.uint(3000);
    to.int(7);
    to.uint(0);
  });
  for (const decoder of [new GobDecoder(), new GobDecoder()]) {
    decoder.push(Buffer.concat([definition, value]));
    expect(decoder.next(dynamic)).toEqual({ Field2999: 7 });
  }
});
