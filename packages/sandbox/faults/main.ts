import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { conclusion, type Outcome } from "./outcome.ts";
import { resultTable } from "./result-table.ts";
import { supervise } from "./supervise.ts";
import type { Extent } from "./trial.ts";
import { trials } from "./trials/index.ts";

/**
 * `npm run faults [-- --short] [-- --write] [-- --log] ["Name of a trial"]`: all trials, or those that are named. `--log`
 * shows what the plugin says meanwhile and which notifications come late or not at all, `--write` puts the table into docs/reliability.md.
 */
const page = fileURLToPath(new URL("../../../docs/reliability.md", import.meta.url));
const marks = ["<!-- faults: begin -->", "<!-- faults: end -->"] as const;
/** A trial is a few minutes of faults and three of waiting at most; opening an installation takes seconds. */
const limitMs = 15 * 60_000;

const args = process.argv.slice(2);
const extent: Extent = args.includes("--short") ? "short" : "whole";
const named = args.filter((arg) => !arg.startsWith("--"));
const chosen = trials.filter(({ name }) => named.length === 0 || named.includes(name));
const unknown = named.filter((name) => !chosen.some((trial) => trial.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no trial "${unknown.join('", "')}". There are: ${trials.map(({ name }) => name).join(", ")}.`,
  );
  process.exit(2);
}

const outcomes = await supervise({
  script: fileURLToPath(new URL("./run-trials.ts", import.meta.url)),
  args: args.filter((arg) => arg.startsWith("--")),
  names: chosen.map(({ name }) => name),
  limitMs,
  onBegun: (begun) => {
    const trial = chosen.find(({ name }) => name === begun);
    console.log(`${begun}: ${trial?.fault[extent]} …`);
  },
});
const ended = chosen.map((trial) => {
  const outcome: Outcome = outcomes.get(trial.name) ?? { kind: "undecided", reason: "It was not run." };
  return { ...trial, outcome };
});
const table = resultTable(ended, extent);
console.log(`\n${table}`);
const { isKept, lines } = conclusion(ended);
const isWhole = ended.every(({ outcome }) => outcome.kind === "measured");
if (args.includes("--write") && isWhole) {
  const [before, rest = ""] = readFileSync(page, "utf8").split(marks[0]);
  const after = rest.split(marks[1])[1];
  if (before === undefined || after === undefined)
    console.error(`${page} has no place for the table; it was not written.`);
  else writeFileSync(page, `${before}${marks[0]}\n\n${table}\n\n${marks[1]}${after}`);
}
console.log(`\n${lines.join("\n")}`);
process.exit(isKept ? 0 : 1);
