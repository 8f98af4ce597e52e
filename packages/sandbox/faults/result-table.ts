import type { Extent, TrialResult } from "./trial.ts";

/** The results as a Markdown table. */
export function resultTable(results: readonly TrialResult[], extent: Extent): string {
  const head = [
    "| fault | posts expected | lost | repeated | old text | out of order | connections | largest process | time |",
    "|---|---|---|---|---|---|---|---|---|",
  ];
  const rows = results.map((result) => {
    const { trial, expected, lost, repeated, unexpected, misplaced, stale, seconds, footprint } = result;
    const order = trial.keepsOrder ? String(misplaced) : "–";
    const memory = footprint.largestMegabytes === undefined ? "–" : `${footprint.largestMegabytes} MB`;
    const cells = [
      `**${trial.name}**: ${trial.fault[extent]}`,
      expected,
      lost,
      repeated + unexpected,
      stale,
      order,
      footprint.connections,
      memory,
      `${seconds} s`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [...head, ...rows].join("\n");
}
