// `npm run pictures`: installs, builds the plugin for this machine and draws the documentation's pictures of messages anew.
import { builtPlugin, fail, onPath, run } from "./toolchain.mjs";

const chromium =
  process.env.CHROMIUM ?? onPath("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
if (chromium === undefined) fail("Pictures need Chromium on PATH, or CHROMIUM set to its path.");
const env = { ...process.env, CHROMIUM: chromium };
process.exit(run(builtPlugin(), ["packages/sandbox/pictures/main.ts"], { env }));
