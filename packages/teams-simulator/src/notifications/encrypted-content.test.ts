import { expect, test } from "bun:test";
import { createDecipheriv, createHmac, generateKeyPairSync, privateDecrypt } from "node:crypto";
import fc from "fast-check";
import { seededRandomness } from "../tenant/randomness.ts";
import { encryptedContent } from "./encrypted-content.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const certificate = { id: "key", publicKey, thumbprint: "00" };

test("whatever JSON is sealed opens as itself, and its signature covers the ciphertext", () => {
  const randomness = seededRandomness(9);
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const sealed = encryptedContent(value, certificate, randomness);
      const key = privateDecrypt(
        { key: privateKey, oaepHash: "sha1" },
        Buffer.from(sealed.dataKey, "base64"),
      );
      const data = Buffer.from(sealed.data, "base64");
      const cipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, 16));
      const opened = Buffer.concat([cipher.update(data), cipher.final()]).toString("utf8");
      expect(key).toHaveLength(32);
      expect(createHmac("sha256", key).update(data).digest("base64")).toBe(sealed.dataSignature);
      expect(JSON.parse(opened)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 50, seed: 1 },
  );
});

test("the same resource sealed twice shares nothing", () => {
  const randomness = seededRandomness(9);
  const [first, second] = [
    encryptedContent({}, certificate, randomness),
    encryptedContent({}, certificate, randomness),
  ];
  expect(first.data).not.toBe(second.data);
  expect(first.dataSignature).not.toBe(second.dataSignature);
});
