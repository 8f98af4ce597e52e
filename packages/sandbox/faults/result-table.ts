import type { Outcome } from "./outcome.ts";
import type { Extent, Trial } from "./trial.ts";

/** The results as a Markdown table. */
export function resultTable(
  trials: readonly (Trial & { readonly outcome: Outcome })[],
  extent: Extent,
): string {
  const head = [
    "| fault | posts expected | lost | repeated | old text | out of order | connections | largest process | time |",
    "|---|---|---|---|---|---|---|---|---|",
  ];
  const rows = trials.map((trial) => {
    const cells = [`**${trial.name}**: ${trial.fault[extent]}`, ...figuresOf(trial)];
    return `| ${cells.join(" | ")} |`;
  });
  return [...head, ...rows].join("\n");
}

function figuresOf({
  keepsOrder,
  outcome,
}: Trial & { readonly outcome: Outcome }): readonly (string | number)[] {
  if (outcome.kind === "undecided") return ["no verdict", "–", "–", "–", "–", "–", "–", "–"];
  const { expected, lost, repeated, unexpected, misplaced, stale, seconds, footprint } = outcome.result;
  const order = keepsOrder ? misplaced : "–";
  const memory = footprint.largestMegabytes === undefined ? "–" : `${footprint.largestMegabytes} MB`;
  return [expected, lost, repeated + unexpected, stale, order, footprint.connections, memory, `${seconds} s`];
}
