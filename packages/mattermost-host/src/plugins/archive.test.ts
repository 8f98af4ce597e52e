import { afterEach, describe, expect, test } from "bun:test";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { AppError } from "../app-error.ts";
import { type ArchiveEntry, archiveOf } from "../testing/plugin-archive.ts";
import { extractPlugin } from "./archive.ts";

let resources = new AsyncDisposableStack();
afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});

const manifest = { name: "plugin.json", content: '{"id":"com.example.p"}' };

/** A folder inside another one, so that what leaves it can be seen. */
async function folder(): Promise<{ outer: string; into: string }> {
  const outer = await mkdtemp(join(tmpdir(), "archive-test-"));
  resources.defer(() => rm(outer, { recursive: true }));
  return { outer, into: await mkdtemp(join(outer, "into-")) };
}

async function extracted(entries: readonly ArchiveEntry[], maxBytes?: number) {
  const { outer, into } = await folder();
  return { outer, into, ...(await extractPlugin(await archiveOf(entries), into, maxBytes)) };
}

const refusal = (entries: readonly ArchiveEntry[], maxBytes?: number): Promise<AppError> =>
  extracted(entries, maxBytes).then(
    () => Promise.reject(new Error("It was not refused.")),
    (error: AppError) => error,
  );

describe("an archive", () => {
  test("with one folder at its top has its root there", async () => {
    const { into, root } = await extracted([{ ...manifest, name: "p/plugin.json" }]);
    expect(root).toBe(join(into, "p"));
  });

  test("with more than one thing at its top is its own root", async () => {
    const entries = [manifest, { name: "assets/a.txt", content: "a" }];
    const { into, root, manifest: read } = await extracted(entries);
    expect(root).toBe(into);
    expect(read.id).toBe("com.example.p");
    expect(await readFile(join(root, "assets/a.txt"), "utf8")).toBe("a");
  });

  test("with a single file at its top is its own root too", async () => {
    const { into, root } = await extracted([manifest]);
    expect(root).toBe(into);
  });

  test("brings the executable bit along and gives folders a mode of its own", async () => {
    const { root } = await extracted([
      manifest,
      { name: "server/", type: "directory", mode: 0o700 },
      { name: "server/run", content: "x", mode: 0o755 },
      { name: "server/read", content: "x", mode: 0o644 },
    ]);
    const modeOf = async (name: string) => (await stat(join(root, name))).mode & 0o777;
    expect(await modeOf("server/run")).toBe(0o755);
    expect(await modeOf("server/read")).toBe(0o644);
    expect(await modeOf("server")).toBe(0o744);
  });

  test("is unpacked without its links and devices, which are named", async () => {
    const { root, skipped } = await extracted([
      manifest,
      { name: "soft", type: "symlink", linkname: "/etc/passwd" },
      { name: "hard", type: "link", linkname: "plugin.json" },
      { name: "pipe", type: "fifo" },
    ]);
    expect(skipped).toEqual(["soft", "hard", "pipe"]);
    expect(await readdir(root)).toEqual(["plugin.json"]);
  });

  test("is no way out of its folder", async () => {
    const { outer, into } = await folder();
    await writeFile(join(outer, "kept"), "before");
    const archive = await archiveOf([manifest, { name: "../kept", content: "after" }]);
    const error = await extractPlugin(archive, into).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "app.plugin.extract.app_error", statusCode: 400 });
    expect(String(error)).toContain("../kept leaves the archive");
    expect(await readFile(join(outer, "kept"), "utf8")).toBe("before");
  });

  test("can not name a folder that only begins like its own", async () => {
    const { outer, into } = await folder();
    const name = `../${into.slice(outer.length + 1)}-more/file`;
    const archive = await archiveOf([manifest, { name, content: "x" }]);
    await expect(extractPlugin(archive, into)).rejects.toThrow("leaves the archive");
    expect(await readdir(outer)).toHaveLength(1);
  });

  test("that names an absolute path stays inside", async () => {
    const { root } = await extracted([manifest, { name: "/absolute.txt", content: "x" }]);
    expect(await readdir(root)).toEqual(["absolute.txt", "plugin.json"]);
  });

  test("that unpacks to too much is refused on the way", async () => {
    const error = await refusal([manifest, { name: "zeros", content: new Uint8Array(100_000) }], 50_000);
    expect(error).toMatchObject({
      code: "app.plugin.extract.app_error",
      detail: "the plugin unpacks to more than 50000 bytes.",
    });
  });

  test("that hides its bulk where no file begins is refused as well", async () => {
    const { into } = await folder();
    const bomb = gzipSync(new Uint8Array(1_000_000));
    await expect(extractPlugin(bomb, into, 50_000)).rejects.toThrow("more than 50000 bytes");
  });

  test("that is no gzip, or ends too early, is refused", async () => {
    const whole = await archiveOf([
      manifest,
      { name: "big", content: crypto.getRandomValues(new Uint8Array(5_000)) },
    ]);
    for (const broken of [new TextEncoder().encode("no archive"), whole.slice(0, 2_000), new Uint8Array()]) {
      const { into } = await folder();
      const error = await extractPlugin(broken, into).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ statusCode: 400 });
    }
  });
});

describe("the manifest of an archive", () => {
  test("is plugin.json; one in YAML, which Mattermost would prefer, is refused instead of passed over", async () => {
    for (const name of ["plugin.yml", "plugin.yaml"]) {
      const error = await refusal([manifest, { name, content: "id: other" }]);
      expect(error).toMatchObject({
        code: "app.plugin.manifest.app_error",
        detail: `This server does not read ${name}; use plugin.json.`,
      });
    }
  });

  test("has to be there and to be read", async () => {
    const entries = { missing: [{ name: "a", content: "" }], broken: [{ ...manifest, content: "{" }] };
    expect((await refusal(entries.missing)).detail).toBe("The archive has no plugin.json.");
    expect((await refusal(entries.broken)).detail).toBe("plugin.json is no JSON.");
  });
});
