import { type ChoiceName, choiceNames, choices, valuesOf } from "../../domain/choices.ts";
import type { ChoiceCommand, Choosing } from "./choice-texts.ts";

/** Reads words that begin with those of a choice's command, lower case; undefined when they begin otherwise. */
export function parseChoice(words: readonly string[], typed: string): ChoiceCommand | undefined {
  const name = choiceNames.find((each) => isBeginning(choices[each].command, words));
  if (name !== undefined) return choiceOf(name, words.slice(choices[name].command.length), typed);
  const [first, ...more] = words;
  const names = choiceNames.filter((each) => choices[each].command[0] === first);
  return more.length > 0 && names.length > 0 ? { kind: "choice-unknown", typed, names } : undefined;
}

function choiceOf(name: ChoiceName, words: readonly string[], typed: string): ChoiceCommand {
  const [word, ...more] = words;
  if (more.length > 0) return { kind: "choice-unknown", typed, names: [name] };
  if (word === undefined || word === "status") return { kind: "choice-status", name };
  const value = valuesOf(name).find((each) => each === word);
  if (value === undefined) return { kind: "choice-unknown", typed, names: [name] };
  return { kind: "choose", ...({ name, value } as Choosing) };
}

function isBeginning(beginning: readonly string[], words: readonly string[]): boolean {
  return beginning.every((word, index) => words[index] === word);
}
