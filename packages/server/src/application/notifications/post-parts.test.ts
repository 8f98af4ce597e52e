import { expect, test } from "bun:test";
import fc from "fast-check";
import { type PostPart, partsProp, readParts, writeParts } from "./post-parts.ts";

const known = {
  sentAtMs: 4,
  standsAlone: false,
  shown: "sender",
  changedAtMs: 5,
  isWithdrawn: false,
  fingerprint: "f",
  copied: ["m"],
  author: null,
} as const;
const part: PostPart = { key: "19:a/1", text: "Hello", ...known };

test("a post keeps of its messages what their text does not say, and no text beside it", () => {
  expect(writeParts([part])).toEqual({
    message: "Hello",
    props: {
      [partsProp]: [{ key: "19:a/1", length: 5, ...known }],
    },
  });
});

test("what a post shows that does not say so is the whole", () => {
  const { shown: _, ...earlier } = known;
  const props = { [partsProp]: [{ key: "19:a/1", length: 5, ...earlier }] };
  expect(readParts({ message: "Hello", props })).toEqual([{ ...part, shown: "whole" }]);
});

test("whatever was written is read again", () => {
  const parts = fc.array(
    fc.record({
      key: fc.string(),
      text: fc.string({ unit: "binary" }),
      sentAtMs: fc.nat(),
      standsAlone: fc.boolean(),
      changedAtMs: fc.nat(),
      isWithdrawn: fc.boolean(),
      fingerprint: fc.string(),
      shown: fc.constantFrom("whole", "sender", "notice"),
      copied: fc.array(fc.string()),
      author: fc.oneof(fc.constant(null), fc.record({ name: fc.string() }, { noNullPrototype: true })),
    }),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(fc.property(parts, (given) => expect(readParts(writeParts(given))).toEqual(given)));
});

test("the text of a single message is the post's, whoever changed it", () => {
  const { props } = writeParts([part]);
  expect(readParts({ message: "Hello, says another plugin", props })).toEqual([
    { ...part, text: "Hello, says another plugin" },
  ]);
});

test("messages whose common text somebody changed cannot be told apart", () => {
  const { message, props } = writeParts([part, { ...part, key: "19:a/2" }]);
  for (const changed of [`${message}!`, message.replace("Hello", "Hullo again"), ""])
    expect(readParts({ message: changed, props })).toBeUndefined();
});

test("a post of another kind shows no messages", () => {
  for (const props of [{}, { [partsProp]: "x" }, { [partsProp]: [{ key: 1 }] }])
    expect(readParts({ message: "Welcome", props })).toBeUndefined();
});
