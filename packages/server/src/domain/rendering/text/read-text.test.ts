import { expect, test } from "bun:test";
import { readText } from "./read-text.ts";

const shown = (text: string) =>
  readText(text).map(({ children }) =>
    children.map((child) => (child.type === "text" ? child.value : "|")).join(""),
  );

test.each([
  ["a", ["a"]],
  ["a\nb\r\nc", ["a|b|c"]],
  ["a\n\nb", ["a", "b"]],
  ["\n\n a \n \t\n\nb\n", ["a", "b"]],
  [" \n ", []],
  ["", []],
])("%p is read as the paragraphs %p", (text, paragraphs) => {
  expect(shown(text)).toEqual(paragraphs);
});
