import { expect, test } from "bun:test";
import { pictureExtension } from "./picture-type.ts";

test.each([
  ["png", "89504e470d0a1a0a0000"],
  ["jpg", "ffd8ffe000104a46"],
  ["gif", "474946383961"],
  ["webp", "524946462400000057454250"],
  ["bmp", "424d4600"],
  [undefined, "89504e47"],
  [undefined, "524946462400000057415645"],
  [undefined, ""],
])("%p is known by its first bytes", (extension, hex) => {
  expect(pictureExtension(Buffer.from(hex, "hex"))).toBe(extension);
});

test("a drawing that may hold scripts is no picture, nor is a page", () => {
  for (const text of ['<svg xmlns="http://www.w3.org/2000/svg"/>', "<html>", "PK\u0003\u0004"])
    expect(pictureExtension(Buffer.from(text))).toBeUndefined();
});
