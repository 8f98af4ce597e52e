import { expect, test } from "bun:test";
import fc from "fast-check";
import { cleanLines, cleanText } from "./clean-text.ts";

test.each([
  ["a\u00a0\u00a0b\tc\r\nd", "a b c d"],
  ["\u202emoc.knab\u202c", "moc.knab"],
  ["\u2066a\u2069", "a"],
  ["a\u0000\u0007\u001b[1mb", "a[1mb"],
  ["\u05e9\u05dc\u05d5\u05dd\u200f!", "\u05e9\u05dc\u05d5\u05dd\u200f!"],
  ["\ud83d\udc69\u200d\ud83d\udcbb", "\ud83d\udc69\u200d\ud83d\udcbb"],
  ["half \ud800 pair", "half \ufffd pair"],
])("%p is cleaned to %p", (text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

test("lines stay lines, whatever ends them", () => {
  expect(cleanLines("a\r\nb\rc\u2028d\u0085e\n\nf")).toBe("a\nb\nc\nd\ne\n\nf");
});

test("cleaning again changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(cleanText(cleanText(text))).toBe(cleanText(text));
      expect(cleanLines(cleanLines(text))).toBe(cleanLines(text));
    }),
  );
});
