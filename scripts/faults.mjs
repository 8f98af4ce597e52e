// `npm run faults`: installs, builds the plugin for this machine and tries its promise under faults, for ten minutes at most.
import { builtPlugin, run } from "./toolchain.mjs";

process.exit(run(builtPlugin(), ["packages/sandbox/faults/main.ts", ...process.argv.slice(2)]));
