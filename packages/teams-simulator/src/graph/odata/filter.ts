import { badRequest, notImplemented } from "../graph-error.ts";

type Operator = "eq" | "ne" | "gt" | "ge" | "lt" | "le";
export type Literal = string | number | boolean | null;

/** `property operator value`; a date is kept as its text. */
export interface Comparison {
  readonly property: string;
  readonly operator: Operator;
  readonly value: Literal;
}

const operators: readonly string[] = ["eq", "ne", "gt", "ge", "lt", "le"];
const token = /\s*(?:(\(|\))|'((?:[^']|'')*)'|([^\s()']+))/y;

interface Token {
  readonly kind: "paren" | "string" | "word";
  readonly text: string;
}

function tokens(filter: string): Token[] {
  const found: Token[] = [];
  const text = filter.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) throw badRequest(`Invalid filter clause: '${filter}'.`);
    const [, paren, string, word] = match;
    if (paren !== undefined) found.push({ kind: "paren", text: paren });
    else if (string !== undefined) found.push({ kind: "string", text: string.replaceAll("''", "'") });
    else found.push({ kind: "word", text: word ?? "" });
  }
  return found;
}

function literal(from: Token): Literal {
  if (from.kind === "string") return from.text;
  if (from.text === "null") return null;
  if (from.text === "true" || from.text === "false") return from.text === "true";
  return /^-?\d+(\.\d+)?$/.test(from.text) ? Number(from.text) : from.text;
}

/**
 * Reads the part of OData's `$filter` that the implemented routes document: comparisons joined by `and` and `or`
 * (`and` binds tighter), without nesting. Answers alternatives of conjunctions; throws Graph's 400 for other text.
 */
export function parseFilter(filter: string): readonly (readonly Comparison[])[] {
  const words = tokens(filter);
  if (words.some((word) => word.kind === "paren")) throw notImplemented("parentheses in $filter");
  const alternatives: Comparison[][] = [[]];
  for (let at = 0; at < words.length; at += 4) {
    const [property, operator, value, joint] = words.slice(at, at + 4);
    if (
      property?.kind !== "word" ||
      operator === undefined ||
      value === undefined ||
      !operators.includes(operator.text)
    ) {
      throw badRequest(`Invalid filter clause: '${filter}'.`);
    }
    alternatives
      .at(-1)
      ?.push({ property: property.text, operator: operator.text as Operator, value: literal(value) });
    if (joint === undefined) return alternatives;
    if (joint.text === "or") alternatives.push([]);
    else if (joint.text !== "and") throw badRequest(`Invalid filter clause: '${filter}'.`);
  }
  throw badRequest("Invalid filter clause: an expression is incomplete.");
}

/** Whether `actual` stands in the comparison's relation to its value; times are compared as epoch milliseconds. */
export function holds(comparison: Comparison, actual: Literal): boolean {
  const { operator, value } = comparison;
  switch (operator) {
    case "eq":
      return actual === value;
    case "ne":
      return actual !== value;
    default: {
      if (actual === null || value === null) return false;
      if (operator === "gt") return actual > value;
      if (operator === "ge") return actual >= value;
      if (operator === "lt") return actual < value;
      return actual <= value;
    }
  }
}

/** A filter's date literal in epoch milliseconds; throws Graph's 400 when it is none. */
export function dateLiteral(value: Literal): number {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw badRequest(`'${String(value)}' is not a date and time.`);
  return time;
}
