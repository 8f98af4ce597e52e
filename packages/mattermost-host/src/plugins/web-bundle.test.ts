import { afterEach, describe, expect, test } from "bun:test";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseManifest } from "./manifest.ts";
import { fnv64a, publishedFile, publishWebBundle } from "./web-bundle.ts";

let resources = new AsyncDisposableStack();
afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});

async function plugin(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "web-bundle-test-"));
  resources.defer(() => rm(root, { recursive: true }));
  await mkdir(join(root, "webapp/dist"), { recursive: true });
  await writeFile(join(root, "webapp/dist/main.js"), "foobar");
  await writeFile(join(root, "webapp/dist/part.js"), "part");
  await writeFile(join(root, "webapp/secret.txt"), "secret");
  return root;
}
const manifestWith = (webapp?: { bundle_path: string }) =>
  parseManifest(JSON.stringify({ id: "com.example.p", ...(webapp ? { webapp } : {}) }));

describe("the hash in the name of a bundle", () => {
  test("is FNV-1a with 64 bits", () => {
    // Test vectors of the algorithm's authors (draft-eastlake-fnv).
    const vectors = [
      ["", "cbf29ce484222325"],
      ["a", "af63dc4c8601ec8c"],
      ["foobar", "85944171f73967e8"],
    ] as const;
    for (const [text, hash] of vectors) expect(fnv64a(new TextEncoder().encode(text))).toBe(hash);
  });
});

describe("a web half", () => {
  test("is published under its hash, with the files beside it and none above", async () => {
    const root = await plugin();
    const bundle = await publishWebBundle(root, manifestWith({ bundle_path: "./webapp/dist/main.js" }));
    const name = "com.example.p_85944171f73967e8_bundle.js";
    expect(bundle?.path).toBe(`/static/plugins/com.example.p/${name}`);
    const directory = bundle?.directory ?? "";
    const read = async (path: string) => {
      const bytes = await publishedFile(directory, path);
      return bytes && new TextDecoder().decode(bytes);
    };
    expect(await read(name)).toBe("foobar");
    expect(await read("part.js")).toBe("part");
    for (const path of ["", "missing.js", "../secret.txt", "part.js/", ".", "..", "../dist"]) {
      expect(await read(path)).toBeUndefined();
    }
  });

  test("is none when the manifest names none", async () => {
    expect(await publishWebBundle(await plugin(), manifestWith())).toBeUndefined();
  });

  test("whose bundle is missing or outside is an error", async () => {
    const root = await plugin();
    for (const path of ["", "../main.js", ".hidden/main.js"]) {
      const publishing = publishWebBundle(root, manifestWith({ bundle_path: path }));
      await expect(publishing).rejects.toThrow("invalid webapp bundle path");
    }
    const publishing = publishWebBundle(root, manifestWith({ bundle_path: "webapp/dist/other.js" }));
    await expect(publishing).rejects.toThrow("ENOENT");
  });
});
