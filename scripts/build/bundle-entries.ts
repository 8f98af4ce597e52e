import { join } from "node:path";
import { executableName, type Platform } from "./executable.ts";
import { root } from "./root.ts";
import type { TarballEntry } from "./tarball.ts";

/** What has to be built before it can be bundled: paths of the web half's script and of the platform's executable. */
export interface Built {
  readonly webapp: string;
  readonly executable: string;
}

/** Everything in one platform's tarball. Mattermost shows browsers what is below `public/`, and nothing else of it. */
export function bundleEntries(platform: Platform, built: Built): readonly TarballEntry[] {
  return [
    { name: "plugin.json", source: join(root, "plugin.json") },
    { name: "LICENSE", source: join(root, "LICENSE") },
    { name: "assets/icon.svg", source: join(root, "assets/icon.svg") },
    { name: "assets/bot.png", source: join(root, "assets/bot.png") },
    { name: "public/icon.svg", source: join(root, "assets/icon.svg") },
    { name: "webapp/dist/main.js", source: built.webapp },
    { name: `server/dist/${executableName(platform)}`, source: built.executable, executable: true },
  ];
}
