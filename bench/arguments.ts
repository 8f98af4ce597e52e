import { parseArgs } from "node:util";

/** What can be measured, in the order in which it is. */
export const parts = [
  "sizes",
  "start",
  "rates",
  "pipeline",
  "burst",
  "contract",
  "fairness",
  "outage",
  "people",
  "cost",
] as const;
export type Part = (typeof parts)[number];

export interface BenchArguments {
  readonly parts: readonly Part[];
  /** A Markdown file whose table between the markers is replaced. */
  readonly write: string | undefined;
  /** Whether `cost` leaves out what it compares with: faster, and without the rows that are ratios. */
  readonly alone: boolean;
}

export const usage = `npm run bench                                  everything, about half an hour
npm run bench -- --only rates,start            some parts of: ${parts.join(", ")}
npm run bench -- --only cost --alone           the cost of a message, without what it is compared with
npm run bench -- --write docs/performance.md   also replaces the table in that file`;

function isPart(word: string): word is Part {
  return (parts as readonly string[]).includes(word);
}

/** Reads the command line. Throws an Error whose message is for the person who typed it. */
export function parseArguments(args: readonly string[]): BenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      write: { type: "string" },
      alone: { type: "boolean", default: false },
    },
  });
  const { alone } = values;
  if (alone && values.write !== undefined)
    throw new Error("--write needs every row, so it does not go with --alone.");
  if (values.only === undefined) return { parts, write: values.write, alone };
  const words = values.only.split(",");
  const unknown = words.find((word) => !isPart(word));
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}"; there are ${parts.join(", ")}.`);
  // A table with holes would replace a whole one.
  if (values.write !== undefined) throw new Error("--write needs every part, so it does not go with --only.");
  return { parts: parts.filter((part) => words.includes(part)), write: undefined, alone };
}
