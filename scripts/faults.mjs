// `npm run faults`: installs, builds the plugin for this machine and tries its promise under faults, ten minutes at most.
import { bunExecutable, ensureInstalled, fail, run } from "./toolchain.mjs";

ensureInstalled();
const bun = bunExecutable();
if (run(bun, ["scripts/bundle.ts", "--local", "--quiet"]) !== 0)
  fail("The plugin could not be built; the reason is above.");
process.exit(run(bun, ["packages/sandbox/faults/main.ts", ...process.argv.slice(2)]));
