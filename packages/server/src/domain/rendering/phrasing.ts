import type { PhrasingContent, Text, TextData } from "mdast";
import { closeSeams, isSeam } from "./seams.ts";
import { gap } from "./text/escape-text.ts";

declare module "mdast" {
  interface TextData {
    /** A formula could be read between dollar signs of this line. */
    nearDollars?: boolean;
    /** The web app could take a bracket for the end of a link before it. */
    nearLink?: boolean;
  }
}

const marks = ["delete", "strong", "emphasis"] as const;
type Mark = (typeof marks)[number];
type Leaf = Extract<PhrasingContent, { type: "text" | "inlineCode" | "link" | "break" }>;
/** A piece of a line and what is drawn around it. */
interface Run {
  readonly leaf: Leaf;
  readonly marks: readonly Mark[];
}

/**
 * The same line in the one form that CommonMark (mobile) and Mattermost's older web parser read alike: marks nested in
 * one order, never around white space, line ends or code, equal neighbours joined, no white space at the ends of lines.
 * An empty list when there is nothing to see.
 */
export function tidyPhrasing(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const runs = joinedRuns(withoutOuterSpace(closeSeams(runsOf(nodes, []), space)));
  const surroundings: TextData = {
    nearDollars: formula.test(runs.map(({ leaf }) => textOf(leaf)).join(gap)),
    nearLink: runs.some(({ leaf }) => leaf.type === "link"),
  };
  return nested(
    runs.map((run) => ({ ...run, leaf: placed(run.leaf, surroundings) })),
    marks,
  );
}

function runsOf(nodes: readonly PhrasingContent[], outer: readonly Mark[]): Run[] {
  return nodes.flatMap((node): Run[] => {
    switch (node.type) {
      case "delete":
      case "strong":
      case "emphasis":
        return runsOf(node.children, outer.includes(node.type) ? outer : [...outer, node.type]);
      case "text":
        return isSeam(node) ? [{ leaf: node, marks: [] }] : textRuns(node, outer);
      case "link":
        return [{ leaf: node, marks: outer }];
      case "inlineCode":
      case "break":
        return [{ leaf: node, marks: [] }];
      default:
        return [];
    }
  });
}

const space: Run = { leaf: { type: "text", value: " " }, marks: [] };

/** White space at the ends of a mark stands outside of it: `**bold **` is not bold anywhere. */
function textRuns({ value }: Text, outer: readonly Mark[]): Run[] {
  const [, before = "", text = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(value) ?? [];
  const runs: Run[] = [];
  if (before !== "") runs.push(space);
  if (text !== "") runs.push({ leaf: { type: "text", value: text }, marks: outer });
  if (after !== "") runs.push(space);
  return runs;
}

function withoutOuterSpace(runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  for (const run of runs) {
    const last = kept.at(-1);
    if (isSpace(run) && (last === undefined || isSpace(last) || last.leaf.type === "break")) continue;
    if (run.leaf.type === "break") {
      if (last !== undefined && isSpace(last)) kept.pop();
      // An empty line would end the paragraph, and Teams writes them by the dozen.
      if (kept.length === 0 || kept.at(-1)?.leaf.type === "break") continue;
    }
    kept.push(run);
  }
  while (kept.length > 0 && isBlank(kept.at(-1))) kept.pop();
  return kept;
}

function isSpace({ leaf }: Run): boolean {
  return leaf.type === "text" && leaf.value === " ";
}

function isBlank(run: Run | undefined): boolean {
  return run !== undefined && (run.leaf.type === "break" || isSpace(run));
}

/** Draws the outermost mark around the longest stretches that have it, then the others within. */
function nested(runs: readonly Run[], [mark, ...inner]: readonly Mark[]): PhrasingContent[] {
  if (mark === undefined) return joined(runs.map(({ leaf }) => leaf));
  const nodes: PhrasingContent[] = [];
  for (let start = 0; start < runs.length; ) {
    const isMarked = runs[start]?.marks.includes(mark) ?? false;
    let end = start + 1;
    while (end < runs.length && reaches(runs, end, mark, isMarked)) end += 1;
    const children = nested(runs.slice(start, end), inner);
    if (isMarked) nodes.push({ type: mark, children });
    else nodes.push(...children);
    start = end;
  }
  return nodes;
}

/** A space between two bold words is part of the bold stretch. */
function reaches(runs: readonly Run[], index: number, mark: Mark, isMarked: boolean): boolean {
  const run = runs[index];
  if (run === undefined) return false;
  if (isMarked && isSpace(run)) return runs[index + 1]?.marks.includes(mark) ?? false;
  return run.marks.includes(mark) === isMarked;
}

function joinedRuns(runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  for (const run of runs) {
    const last = kept.at(-1);
    if (last === undefined || last.marks.join() !== run.marks.join()) kept.push(run);
    else kept.splice(-1, 1, ...joined([last.leaf, run.leaf]).map((leaf) => ({ ...run, leaf })));
  }
  return kept;
}

function joined(leaves: readonly Leaf[]): Leaf[] {
  const nodes: Leaf[] = [];
  for (const leaf of leaves) {
    const last = nodes.at(-1);
    // Code beside code, too: their backticks would run into one another.
    if ((leaf.type === "text" || leaf.type === "inlineCode") && last?.type === leaf.type) {
      nodes[nodes.length - 1] = { ...leaf, value: last.value + leaf.value };
    } else nodes.push(leaf);
  }
  return nodes;
}

/** What the web app takes for an inline formula, if an administrator allows them: `$…$` with no word right behind; `_` gets a backslash. */
const formula = /\$[^$\n]+\$(?![A-Za-z0-9])/;

function textOf(leaf: Leaf): string {
  if (leaf.type === "break") return "\n";
  return "value" in leaf
    ? leaf.value
    : leaf.children.map((child) => ("value" in child ? child.value : "")).join("");
}

function placed(leaf: Leaf, surroundings: TextData): Leaf {
  switch (leaf.type) {
    case "text":
      return { ...leaf, data: surroundings };
    case "inlineCode":
      // Where `](` stands in code behind a link, the web app reads one link from there to here.
      return surroundings.nearLink ? { ...leaf, value: leaf.value.replaceAll("](", `]${gap}(`) } : leaf;
    case "link":
      return {
        ...leaf,
        children: leaf.children.map((child) =>
          child.type === "text" ? { ...child, data: surroundings } : child,
        ),
      };
    case "break":
      return leaf;
  }
}
