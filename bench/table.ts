import { baselineCommit } from "./cost/baseline.ts";
import type { Row } from "./row.ts";

const heads = ["Measure", "Result", "Minimal Go plugin", baselineCommit, "Target", "Met"] as const;

function cellsOf({ measure, result, goPlugin, before, target, met }: Row): readonly string[] {
  const verdict = met === undefined ? "" : met ? "yes" : "**no**";
  return [measure, result, goPlugin ?? "", before ?? "", target ?? "", verdict];
}

/** Rows as a Markdown table that is legible as plain text too; a column in which nothing stands is left out. */
export function table(rows: readonly Row[]): string {
  const bodies = rows.map(cellsOf);
  const used = heads.map((_, column) => bodies.some((cells) => cells[column] !== ""));
  const lines = [heads, ...bodies].map((cells) => cells.filter((_, column) => used[column]));
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((cells) => (cells[column] ?? "").length)),
  );
  const written = lines.map(
    (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`,
  );
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [written[0], rule, ...written.slice(1)].join("\n");
}

const marks = { begin: "<!-- bench: begin -->", end: "<!-- bench: end -->" } as const;

/** `document` with `content` between its markers instead of what was there. Throws when it has none. */
export function replaceBetweenMarks(document: string, content: string): string {
  const begin = document.indexOf(marks.begin);
  const end = document.indexOf(marks.end, begin);
  if (begin < 0 || end < 0)
    throw new Error(`The file needs the lines ${marks.begin} and ${marks.end} where the table shall be.`);
  return `${document.slice(0, begin + marks.begin.length)}\n${content}\n${document.slice(end)}`;
}
