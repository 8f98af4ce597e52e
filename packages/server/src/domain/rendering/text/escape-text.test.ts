import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { foreignText, mentionsIn } from "../testing/foreign-text.ts";
import { escapeText } from "./escape-text.ts";

const visible = (text: string) => text.replaceAll("\u200b", "|");

describe("escaped text", () => {
  test.each([
    ["@all", "@|all"],
    ["mail ann@example.com", "mail ann@example.com"],
    ["x.@channel", "x.@|channel"],
    ["\u00e9@here", "\u00e9@|here"],
    ["at @ noon", "at @ noon"],
    ["ends with @", "ends with @|"],
    ["~town-square", "\\~|town-square"],
    ["~~gone~~", "\\~|\\~|gone\\~|\\~|"],
    ["#tag and C#.", "#|tag and C#|."],
    [":smile: at 10:30", ":|smile: at 10:30"],
    ["see https://example.com", "see https:|//example.com"],
    ["see WWW.example.com", "see WWW|.example.com"],
    ["&#64;all &amp; R&D &", "&|#|64;all &|amp; R&|D &"],
    ["<script> a < b <!channel>", "<|script> a < b <|!channel>"],
    ["**bold** _it_ `code`", "\\*\\*bold\\*\\* \\_it\\_ \\`code\\`"],
    ["![x](y)", "!\\[x\\](y)"],
    ["wow!", "wow\\!"],
    ["a | b", "a \\| b"],
    ["back\\slash", "back\\slash"],
    ["\\\\server\\*", "&#92;\\server&#92;\\*"],
    ["ends with \\", "ends with &#92;"],
    ["ann@example.com@all", "ann@|example.com@|all"],
    ["<ann@example.com>", "&lt;ann@example.com>"],
    ["ends with <", "ends with &lt;"],
    ["mailto:ann, note:this, C:\\x", "mailto:|ann, note:|this, C:\\x"],
    ["evil.example/x and evil.com/x", "evil.example/x and evil.|com/x"],
    ["$5 and $x$", "$5 and $x$"],
    ["100 % plain, text; (really)", "100 % plain, text; (really)"],
  ])("%p is written %p", (text, escaped) => {
    expect(visible(escapeText(text))).toBe(escaped);
  });

  test.each([
    ["# no heading", "\\#_ no heading"],
    ["- no item", "\\- no item"],
    ["+ no item", "\\+ no item"],
    ["> no quote", "\\> no quote"],
    ["1. no item", "1\\. no item"],
    ["12) no item", "12\\) no item"],
    ["=== no underline", "|=== no underline"],
    ["    no code", "no code"],
    ["1.5 is fine", "1\\.5 is fine"],
  ])("begins a line as %p with %p", (text, escaped) => {
    expect(visible(escapeText(text, { atLineStart: true }))).toBe(escaped.replace("#_", "#"));
  });

  test("holds no dollar sign where a formula is near, no asterisk in emphasis and no bracket in a label", () => {
    expect(escapeText("$x$", { nearDollars: true })).toBe("&#36;x&#36;");
    expect(escapeText("a*b", { inEmphasis: true })).toBe("a&#42;b");
    expect(escapeText("a[b]", { inLabel: true })).toBe("a&#91;b&#93;");
  });

  test("keeps an address whole inside a label, where it is no link of its own", () => {
    expect(escapeText("https://www.example.com", { inLabel: true })).toBe("https://www.example.com");
  });

  test("never mentions anybody", () => {
    fc.assert(
      fc.property(foreignText, fc.boolean(), (text, atLineStart) => {
        expect(mentionsIn(escapeText(text, { atLineStart }))).toEqual([]);
      }),
    );
  });
});
