import { createWriteStream, readFileSync, statSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { pack } from "tar-stream";

export interface TarballEntry {
  /** Path inside the archive. */
  readonly name: string;
  readonly source: string;
  readonly executable?: boolean;
}

/** Same input, same bytes: a released bundle can be built again and compared. */
const fixedTime = new Date(0);

/**
 * Writes a gzip tar with every entry below the folder `prefix`. File modes matter: Mattermost takes the executable bit
 * from the archive.
 */
export async function writeTarball(
  output: string,
  prefix: string,
  entries: readonly TarballEntry[],
  gzipLevel: number,
): Promise<number> {
  const archive = pack();
  const written = pipeline(archive, createGzip({ level: gzipLevel }), createWriteStream(output));
  for (const entry of entries) {
    const header = {
      name: `${prefix}/${entry.name}`,
      mode: entry.executable ? 0o755 : 0o644,
      mtime: fixedTime,
    };
    await new Promise<void>((resolve, reject) => {
      archive.entry(header, readFileSync(entry.source), (error) => (error ? reject(error) : resolve()));
    });
  }
  archive.finalize();
  await written;
  return statSync(output).size;
}
