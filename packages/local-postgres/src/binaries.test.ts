import { expect, test } from "bun:test";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { locateBinaries, restoreLibraryLinks } from "./binaries.ts";

test("library links left out by the package manager are restored once", async () => {
  const root = await mkdtemp(join(tmpdir(), "binaries-"));
  try {
    await mkdir(join(root, "native", "lib"), { recursive: true });
    await writeFile(join(root, "native", "lib", "libx.so.1.2"), "library");
    const links = [{ source: "native/lib/libx.so.1.2", target: "native/lib/libx.so" }, "not a link"];
    await writeFile(join(root, "native", "pg-symlinks.json"), JSON.stringify(links));
    expect(await restoreLibraryLinks(root)).toBe(1);
    expect(await readFile(join(root, "native", "lib", "libx.so"), "utf8")).toBe("library");
    expect(await restoreLibraryLinks(root)).toBe(0);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

test("the installed executables are found", async () => {
  const binaries = await locateBinaries();
  expect(binaries.initdb).toContain("initdb");
  expect(binaries.postgres).toContain("postgres");
});
