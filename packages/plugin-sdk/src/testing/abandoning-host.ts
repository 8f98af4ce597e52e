import { Launched } from "./launched.ts";

// A host for tests that kill it: prints the plugin's process id and then only waits.
const launched = await Launched.start("everyday", { LogInfo: () => {}, GetServerVersion: () => "11.6.0" });
await launched.plugin.activate();
process.stdout.write(`${launched.plugin.pid}\n`);
await launched.plugin.exited;
