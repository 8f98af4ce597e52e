/** `npm run bench`: measures the product and prints one table. See docs/performance.md for how to read it. */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { type BenchArguments, type Part, parseArguments, usage } from "./arguments.ts";
import { burst } from "./parts/burst.ts";
import { contract } from "./parts/contract.ts";
import { cost } from "./parts/cost.ts";
import { fairness } from "./parts/fairness.ts";
import { outage } from "./parts/outage.ts";
import { manyPeople } from "./parts/people.ts";
import { pipeline } from "./parts/pipeline.ts";
import { rates } from "./parts/rates.ts";
import { sizes } from "./parts/sizes.ts";
import { start } from "./parts/start.ts";
import { type Row, seconds } from "./row.ts";
import { replaceBetweenMarks, table } from "./table.ts";
import { goVersion, hasGo } from "./tools.ts";

type Measurement = (options: Pick<BenchArguments, "alone">) => readonly Row[] | Promise<readonly Row[]>;

const measured: Readonly<Record<Part, Measurement>> = {
  sizes,
  start,
  rates,
  pipeline,
  burst,
  contract,
  fairness,
  outage,
  people: manyPeople,
  cost,
};
/** The yardstick and its host are written in Go. */
const needsGo: readonly Part[] = ["start", "rates"];

function argumentsOrUsage(): BenchArguments {
  try {
    return parseArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

function machine(): string {
  const cores = cpus();
  const versions = [`Bun ${Bun.version}`, ...(hasGo ? [goVersion()] : [])];
  const model = cores[0]?.model.trim() ?? "unknown processor";
  return `${cores.length} × ${model}, ${process.platform}-${process.arch}, ${versions.join(", ")}`;
}

const { parts, write, alone } = argumentsOrUsage();
const rows: Row[] = [];
const failed: Part[] = [];
for (const part of parts) {
  if (needsGo.includes(part) && !hasGo) {
    console.error(`${part}: left out, there is no go on PATH`);
    continue;
  }
  const startedMs = performance.now();
  try {
    rows.push(...(await measured[part]({ alone })));
  } catch (error) {
    // What was measured in half an hour is not given up for one part.
    console.error(`${part}: failed.`, error);
    failed.push(part);
  }
  console.error(`${part}: ended after ${seconds(performance.now() - startedMs)}`);
}

const content = `\n${table(rows)}\n\nMeasured on ${machine()}.\n`;
console.log(content);
if (failed.length > 0) {
  console.error(
    `Not measured: ${failed.join(", ")}. ${write === undefined ? "" : `${write} was not changed.`}`,
  );
  process.exit(1);
}
if (write !== undefined) writeFileSync(write, replaceBetweenMarks(readFileSync(write, "utf8"), content));
process.exit(0);
