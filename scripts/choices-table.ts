import {
  type ChoiceName,
  choiceNames,
  choices,
  valuesOf,
  wordsOf,
} from "../packages/server/src/domain/choices.ts";

const begin = "<!-- Generated from packages/server/src/domain/choices.ts by scripts/generate.ts. -->";
const end = "<!-- End of what is generated. -->";

/** The page with the table of everything that a person can choose brought up to date between its two comments. */
export function withChoicesTable(page: string): string {
  const [before, rest] = page.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined)
    throw new Error(`docs/using.md has no place for the choices: between "${begin}" and "${end}".`);
  return `${before}${begin}\n\n${choicesTable()}\n\n${end}${after}`;
}

function choicesTable(): string {
  const head = ["Type", "What it does", "At first"];
  const rows = choiceNames.flatMap(rowsOf);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

function rowsOf(name: ChoiceName): string[][] {
  return valuesOf(name).map((value, index) => [
    `\`/msteams ${[...choices[name].command, value].join(" ")}\``,
    wordsOf(name, value).helpText,
    index === 0 ? "yes" : "",
  ]);
}
