import { expect, test } from "bun:test";
import fc from "fast-check";
import type { CopyFailure } from "../copying/copy-failure.ts";
import { copyNote } from "./copy-note.ts";
import { foreignText, mentionsIn } from "./testing/foreign-text.ts";

const limits = { maxFileBytes: 50 * 1024 * 1024 };
const file = (name: string) => ({ kind: "file", key: name, url: "https://a.example/x", name }) as const;
const note = (name: string, failure: CopyFailure) => copyNote([{ copyable: file(name), failure }], limits);

test("a file that was not copied is named with the reason", () => {
  expect(note("report.docx", "too-large")).toBe('Not copied (larger than 50 MB): "report.docx"');
  expect(copyNote([], limits)).toBe("");
});

test.each([
  [1024 * 1024, "1 MB"],
  [1.5 * 1024 * 1024, "1.5 MB"],
  [1000, "0 MB"],
])("a limit of %p bytes is called %p", (maxFileBytes, text) => {
  expect(copyNote([{ copyable: file("a"), failure: "too-large" }], { maxFileBytes })).toBe(
    `Not copied (larger than ${text}): "a"`,
  );
});

test("whose sign-in does not cover files is told once how to change that", () => {
  const failure = "sign-in-missing";
  const lines = copyNote(
    [
      { copyable: file("a"), failure },
      { copyable: file("b"), failure },
    ],
    limits,
  ).split("\n");
  expect(lines).toEqual([
    'Not copied (your sign-in does not cover files): "a"',
    'Not copied (your sign-in does not cover files): "b"',
    "To have files copied from now on, type `/msteams connect`.",
  ]);
});

test("a name can neither mention anyone nor end its line", () => {
  fc.assert(
    fc.property(foreignText, (name) => {
      const text = note(name, "gone");
      expect(mentionsIn(text)).toEqual([]);
      expect(text.split("\n")).toHaveLength(1);
    }),
  );
});

test.each([
  ["x".repeat(61), `"${"x".repeat(60)}…"`],
  ["😀".repeat(61), `"${"😀".repeat(60)}…"`],
  ["x".repeat(60), `"${"x".repeat(60)}"`],
  ["IT security: sign in", '"IT security: sign in"'],
  ['a". Sign in “now”', "\"a'. Sign in 'now'\""],
  [" ", "a file"],
])("the name %p is shown as %p", (name, shown) => {
  expect(note(name, "gone")).toBe(`Not copied (it is no longer there): ${shown}`);
});

test("a picture has no name", () => {
  const copyable = { kind: "picture", key: "p", contentId: "1", description: undefined } as const;
  expect(copyNote([{ copyable, failure: "not-a-picture" }], limits)).toBe(
    "Not copied (it is no picture of a known kind): a picture",
  );
});
