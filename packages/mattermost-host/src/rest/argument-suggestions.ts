import type { AutocompleteArgument, AutocompleteListItem } from "../model/command.ts";
import type { Suggestion } from "./suggestion.ts";

/** Fetches the items of a dynamic list at a plugin's path, telling what has been parsed so far. */
export type ListedItems = (url: string, parsed: string) => Promise<readonly AutocompleteListItem[]>;

/** Completions for a command's arguments: positional ones in order, then named ones as `--name value` (parseArguments). */
export async function argumentSuggestions(
  args: readonly AutocompleteArgument[],
  parsedSoFar: string,
  restSoFar: string,
  listed: ListedItems,
): Promise<Suggestion[]> {
  let parsed = parsedSoFar;
  let rest = restSoFar;
  for (const argument of args.filter((one) => one.name === "")) {
    const items = await itemsOf(argument, parsed, listed);
    const end = items === undefined ? valueEnd(rest) : itemEnd(items, rest);
    if (end === undefined) return valueSuggestions(argument, parsed, rest, items);
    parsed += rest.slice(0, end);
    rest = rest.slice(end);
  }
  const unused = new Map(args.filter((one) => one.name !== "").map((one) => [one.name, one]));
  while (unused.size > 0) {
    const [, name = "", gap = ""] = /^--(\S+)( +)?/.exec(rest) ?? [];
    const argument = unused.get(name);
    if (!argument || gap === "") return nameSuggestions([...unused.values()], parsed, rest);
    const start = 2 + name.length + gap.length;
    const items = await itemsOf(argument, parsed + rest.slice(0, start), listed);
    const value = rest.slice(start);
    const end = items === undefined ? valueEnd(value) : itemEnd(items, value);
    if (end === undefined) return valueSuggestions(argument, parsed + rest.slice(0, start), value, items);
    parsed += rest.slice(0, start + end);
    rest = rest.slice(start + end);
    unused.delete(name);
  }
  return [];
}

/** Where a finished value with its space ends; undefined while it is still being typed. Quotes hold spaces together. */
function valueEnd(rest: string): number | undefined {
  const match = /^(?:"[^"]*"|[^\s"]\S*)\s+/.exec(rest);
  return match?.[0].length;
}

/** The items of a list; undefined for a text. */
async function itemsOf(
  argument: AutocompleteArgument,
  parsed: string,
  listed: ListedItems,
): Promise<readonly AutocompleteListItem[] | undefined> {
  if (argument.type === "TextInput") return undefined;
  return argument.type === "StaticList" ? argument.items : await listed(argument.fetchURL, parsed);
}

/** Where the longest item that is typed in full with its space ends (parseListItems): items may hold spaces. */
function itemEnd(items: readonly AutocompleteListItem[], rest: string): number | undefined {
  const typed = rest.toLowerCase();
  const lengths = items
    .map(({ item }) => `${item.toLowerCase()} `)
    .filter((item) => typed.startsWith(item))
    .map((item) => item.length);
  return lengths.length === 0 ? undefined : Math.max(...lengths);
}

function valueSuggestions(
  argument: AutocompleteArgument,
  parsed: string,
  typed: string,
  items: readonly AutocompleteListItem[] | undefined,
): Suggestion[] {
  if (items === undefined) {
    const hint = argument.type === "TextInput" ? argument.hint : "";
    return [line(parsed + typed, "", hint, argument.helpText)];
  }
  return items
    .filter((one) => one.item.toLowerCase().startsWith(typed.toLowerCase()))
    .map((one) => line(parsed + one.item, one.item, one.hint, one.helpText));
}

function nameSuggestions(args: readonly AutocompleteArgument[], parsed: string, typed: string): Suggestion[] {
  return args
    .filter((argument) => `--${argument.name}`.startsWith(typed))
    .map((argument) => line(`${parsed}--${argument.name} `, `--${argument.name}`, "", argument.helpText));
}

function line(Complete: string, Suggestion: string, Hint: string, Description: string): Suggestion {
  return { Complete, Suggestion, Hint, Description, IconData: "" };
}
