import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openInstallation } from "./installation.ts";
import { resultTable } from "./result-table.ts";
import { type Extent, runTrial, type TrialResult } from "./trial.ts";
import { trials } from "./trials/index.ts";

/**
 * `npm run faults [-- --short] [-- --write] [-- --log] ["Name of a trial"]`: all trials, or those that are named. `--log`
 * shows what the plugin says meanwhile and which notifications come late or not at all, `--write` puts the table into docs/reliability.md.
 */
const page = fileURLToPath(new URL("../../../docs/reliability.md", import.meta.url));
const marks = ["<!-- faults: begin -->", "<!-- faults: end -->"] as const;

const args = process.argv.slice(2);
const extent: Extent = args.includes("--short") ? "short" : "whole";
const named = args.filter((arg) => !arg.startsWith("--"));
const chosen = trials.filter(({ name }) => named.length === 0 || named.includes(name));
if (chosen.length === 0) {
  console.error(`There is no such trial. There are: ${trials.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}

const results: TrialResult[] = [];
{
  await using installation = await openInstallation({ nodes: 3, readers: 24, seed: 7 });
  using _log = installation.mattermost.system.log.observe(({ level, message, fields }) => {
    if (args.includes("--log") && level !== "debug") console.error(level, message, fields);
  });
  using _deliveries = installation.tenant.tenant.deliveries.listen((step) => {
    if (!args.includes("--log") || step.kind === "attempted" || step.kind === "delivered") return;
    console.error("notification", step.kind, step.reason, new Date().toISOString());
  });
  for (const trial of chosen) {
    console.log(`${trial.name}: ${trial.fault[extent]} …`);
    results.push(await runTrial(trial, installation, extent));
  }
}
const table = resultTable(results, extent);
console.log(`\n${table}`);
if (args.includes("--write")) {
  const [before, rest = ""] = readFileSync(page, "utf8").split(marks[0]);
  const after = rest.split(marks[1])[1];
  if (before === undefined || after === undefined) throw new Error(`${page} has no place for the table.`);
  writeFileSync(page, `${before}${marks[0]}\n\n${table}\n\n${marks[1]}${after}`);
}
const broken = results.filter(({ lost, repeated, unexpected, stale, trial, misplaced }) => {
  return lost + repeated + unexpected + stale > 0 || (trial.keepsOrder && misplaced > 0);
});
console.log(
  broken.length === 0
    ? "\nThe promise held."
    : `\nBroken: ${broken.map(({ trial }) => trial.name).join(", ")}.`,
);
process.exit(broken.length === 0 ? 0 : 1);
