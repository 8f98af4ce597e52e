// `npm run bench`: installs, builds the plugin for this machine and measures it.
import { builtPlugin, run } from "./toolchain.mjs";

process.exit(run(builtPlugin(), ["bench/main.ts", ...process.argv.slice(2)]));
