import { expect, test } from "bun:test";
import { type Found, judge } from "./verdict.ts";

const sent = (messageId: string, reader = "ada") => ({ reader, chatId: "19:a", messageId });
const posts = (...messages: (readonly [messageId: string, reader?: string])[]): Found[] =>
  messages.map(([messageId, reader], index) => {
    return { ...sent(messageId, reader), createAt: index, text: `> ${messageId}` };
  });
const texts = new Map(["1", "2"].map((id) => [`19:a ${id}`, `> ${id}`]));

test.each([
  ["everything once and in order", posts(["1"], ["2"]), {}],
  ["a message without a post", posts(["2"]), { lost: 1 }],
  ["a post that stands twice", posts(["1"], ["2"], ["2"]), { repeated: 1 }],
  ["a post for the wrong person", posts(["1"], ["2"], ["2", "ben"]), { unexpected: 1 }],
  [
    "a post that says what Teams said before",
    [...posts(["1"]), { ...posts(["2"])[0], text: "> old" } as Found],
    { stale: 1 },
  ],
  ["a later message before an earlier one", posts(["2"], ["1"]), { misplaced: 1 }],
])("%s is seen", (_, found, fault) => {
  const verdict = { expected: 2, lost: 0, repeated: 0, unexpected: 0, misplaced: 0, stale: 0, ...fault };
  expect(judge([sent("1"), sent("2")], found, texts)).toEqual(verdict);
});
