// `npm start`: installs, builds the plugin for this machine and runs the sandbox.
import { spawn } from "node:child_process";
import { builtPlugin, root } from "./toolchain.mjs";

const sandbox = spawn(builtPlugin(), ["packages/sandbox/src/main.ts", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
// The terminal sends Ctrl-C to the whole group; the sandbox stops its parts and this process only waits for it.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => sandbox.kill("SIGTERM"));
sandbox.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
