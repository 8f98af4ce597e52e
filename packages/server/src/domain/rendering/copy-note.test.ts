import { expect, test } from "bun:test";
import fc from "fast-check";
import type { CopyFailure } from "../copying/copy-failure.ts";
import { copyNote } from "./copy-note.ts";
import { foreignText, mentionsIn } from "./testing/foreign-text.ts";

const limits = { maxFileBytes: 50 * 1024 * 1024 };
const file = (name: string) => ({ kind: "file", key: name, url: "https://a.example/x", name }) as const;
const note = (name: string, failure: CopyFailure) => copyNote([{ copyable: file(name), failure }], limits);

test("a file that was not copied is named with the reason", () => {
  expect(note("report.docx", "too-large")).toBe("report.docx could not be copied: larger than 50 MB.");
  expect(copyNote([], limits)).toBe("");
});

test.each([
  [1024 * 1024, "1 MB"],
  [1.5 * 1024 * 1024, "1.5 MB"],
  [1000, "0 MB"],
])("a limit of %p bytes is called %p", (maxFileBytes, text) => {
  expect(copyNote([{ copyable: file("a"), failure: "too-large" }], { maxFileBytes })).toEndWith(`${text}.`);
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
    "a could not be copied: your sign-in does not cover files.",
    "b could not be copied: your sign-in does not cover files.",
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

test("a very long name is cut", () => {
  expect(note("x".repeat(500), "gone").length).toBeLessThan(200);
});
