import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { safeFileName } from "./file-name.ts";

describe("the name of a copied file", () => {
  test.each([
    ["Report 2026.docx", "Report 2026.docx"],
    ["../../etc/passwd", "_.._etc_passwd"],
    ["C:\\temp\\a.txt", "C__temp_a.txt"],
    ["invoice\u202efdp.exe", "invoicefdp.exe"],
    [".htaccess", "htaccess"],
    ["a\nb\u0000.txt", "a b.txt"],
    ["مستند.pdf", "مستند.pdf"],
    ["e\u0301te\u0301.txt", "\u00e9t\u00e9.txt"],
    ["...", "file"],
    ["", "file"],
  ])("%p becomes %p", (given, expected) => {
    expect(safeFileName(given)).toBe(expected);
  });

  test("keeps its extension when it is too long", () => {
    expect(safeFileName(`${"ä".repeat(300)}.xlsx`)).toBe(`${"ä".repeat(97)}.xlsx`);
    expect(safeFileName("😀".repeat(300))).toBe("😀".repeat(50));
  });

  test("is one short path segment that reads as it is written, whatever came", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (given) => {
        const name = safeFileName(given);
        expect(name.length).toBeGreaterThan(0);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
        expect(name).not.toMatch(/^[.\s]|[/\\:*?"<>|\u0000-\u001f\u202a-\u202e\u2066-\u2069]/);
        expect(safeFileName(name)).toBe(name);
      }),
    );
  });
});
