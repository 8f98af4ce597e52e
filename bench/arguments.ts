import { parseArgs } from "node:util";

/** What can be measured, in the order in which it is. */
export const parts = ["sizes", "start", "rates", "pipeline", "burst", "contract", "fairness"] as const;
export type Part = (typeof parts)[number];

export interface BenchArguments {
  readonly parts: readonly Part[];
  /** A Markdown file whose table between the markers is replaced. */
  readonly write: string | undefined;
}

export const usage = `npm run bench                                  everything, about five minutes
npm run bench -- --only rates,start            some parts of: ${parts.join(", ")}
npm run bench -- --write docs/performance.md   also replaces the table in that file`;

function isPart(word: string): word is Part {
  return (parts as readonly string[]).includes(word);
}

/** Reads the command line. Throws an Error whose message is for the person who typed it. */
export function parseArguments(args: readonly string[]): BenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: "string" }, write: { type: "string" } },
  });
  if (values.only === undefined) return { parts, write: values.write };
  const words = values.only.split(",");
  const unknown = words.find((word) => !isPart(word));
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}"; there are ${parts.join(", ")}.`);
  // A table with holes would replace a whole one.
  if (values.write !== undefined) throw new Error("--write needs every part, so it does not go with --only.");
  return { parts: parts.filter((part) => words.includes(part)), write: undefined };
}
