/** The process that runs trials, for `main.ts`, which outlives it. Names of trials are its arguments. */
import { openInstallation } from "./installation.ts";
import type { RunNews } from "./supervise.ts";
import { type Extent, runTrial } from "./trial.ts";
import { trials } from "./trials/index.ts";

async function tell(news: RunNews): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  // Without the other end there is nobody to tell.
  if (process.send?.(news, () => resolve()) === undefined) resolve();
  await promise;
}

/** What is thrown where nobody waits for it ends the run as well: what else is wrong then, nobody knows. */
async function fail(error: unknown): Promise<never> {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  await tell({ kind: "failed", reason });
  process.exit(1);
}
process.on("uncaughtException", (error) => void fail(error));
process.on("unhandledRejection", (error) => void fail(error));
process.on("disconnect", () => process.exit(1));

const args = process.argv.slice(2);
const extent: Extent = args.includes("--short") ? "short" : "whole";
const names = args.filter((arg) => !arg.startsWith("--"));

try {
  await using installation = await openInstallation({ nodes: 3, readers: 24, seed: 7 });
  using _log = installation.mattermost.system.log.observe(({ level, message, fields }) => {
    if (args.includes("--log") && level !== "debug") console.error(level, message, fields);
  });
  using _deliveries = installation.tenant.tenant.deliveries.listen((step) => {
    if (!args.includes("--log") || step.kind === "attempted" || step.kind === "delivered") return;
    console.error("notification", step.kind, step.reason, new Date().toISOString());
  });
  for (const trial of trials.filter(({ name }) => names.includes(name))) {
    await tell({ kind: "begun", name: trial.name });
    const result = await runTrial(trial, installation, extent);
    await tell({ kind: "measured", name: trial.name, result });
  }
} catch (error) {
  await fail(error);
}
process.exit(0);
