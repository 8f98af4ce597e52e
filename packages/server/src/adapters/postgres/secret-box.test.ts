import { expect, test } from "bun:test";
import fc from "fast-check";
import { SecretBox } from "./secret-box.ts";

const box = new SecretBox("k".repeat(32));

test("what was sealed opens again, in its own place only", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (secret, context) => {
      const sealed = box.seal(secret, context);
      expect(box.open(sealed, context)).toBe(Buffer.from(secret).toString());
      expect(() => box.open(sealed, `${context}x`)).toThrow(
        expect.objectContaining({ code: "secret-unreadable" }),
      );
    }),
    { numRuns: 50 },
  );
});

test("one changed byte anywhere is noticed", () => {
  const sealed = box.seal("a secret", "here");
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
    expect(() => box.open(changed, "here")).toThrow(expect.objectContaining({ code: "secret-unreadable" }));
  }
  expect(() => box.open(sealed.subarray(0, 5), "here")).toThrow(
    expect.objectContaining({ code: "secret-unreadable" }),
  );
});

test("equal secrets are sealed differently and do not show", () => {
  expect(box.seal("same", "here")).not.toEqual(box.seal("same", "here"));
  expect(box.seal("visible", "here").toString("latin1")).not.toContain("visible");
});

test("another key opens nothing and has another fingerprint", () => {
  const other = new SecretBox("K".repeat(32));
  expect(() => other.open(box.seal("a", "b"), "b")).toThrow(
    expect.objectContaining({ code: "secret-unreadable" }),
  );
  expect(other.fingerprint).not.toBe(box.fingerprint);
  expect(new SecretBox("k".repeat(32)).fingerprint).toBe(box.fingerprint);
});
