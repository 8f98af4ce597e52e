import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { localBundle } from "../../packages/sandbox/src/install-plugin.ts";
import { root } from "../../scripts/build/root.ts";
import { kilobytes, megabytes, type Row } from "../row.ts";
import { product } from "../tools.ts";

const best = { level: 9 } as const;
/** Issue 3, section 5. */
const webLimitBytes = 25_000;

/** What an administrator uploads and what every browser loads. */
export function sizes(): readonly Row[] {
  // The local bundle is compressed quickly; a released one well, which changes nothing but its size.
  const tarball = gzipSync(gunzipSync(readFileSync(localBundle())), best).length;
  const web = gzipSync(readFileSync(join(root, "dist/webapp/main.js")), best).length;
  return [
    { measure: "Server executable", result: megabytes(statSync(product).size) },
    { measure: "Bundle (tar.gz, one platform)", result: megabytes(tarball) },
    {
      measure: "Web half, gzipped",
      result: kilobytes(web),
      target: `≤ ${kilobytes(webLimitBytes)}`,
      met: web <= webLimitBytes,
    },
  ];
}
