import {
  type ChoiceName,
  type Choices,
  choiceNames,
  choices,
  defaultChoices,
  valuesOf,
  wordsOf,
} from "../../domain/choices.ts";
import type { Chosen } from "../connections/choose.ts";
import { notConnected, typedCommand } from "./command-texts.ts";

/** One choice and one value of it. */
export type Choosing = {
  readonly [Name in ChoiceName]: { readonly name: Name; readonly value: Choices[Name] };
}[ChoiceName];

/** What a command that names a choice asked for. */
export type ChoiceCommand =
  | ({ readonly kind: "choose" } & Choosing)
  /** How one choice stands. */
  | { readonly kind: "choice-status"; readonly name: ChoiceName }
  | { readonly kind: "choice-unknown"; readonly typed: string; readonly names: readonly ChoiceName[] };

/** What is so now of one choice: one sentence of Markdown. */
export function stateOf(name: ChoiceName, chosen: Choices): string {
  return wordsOf(name, chosen[name]).state;
}

/** Sentences on what is in force: what is always told, and what is not as it was at first. Off is off, whatever else. */
export function inForce(chosen: Choices): string[] {
  if (chosen.notifications === "off") return [stateOf("notifications", chosen)];
  return choiceNames
    .filter((name) => choices[name].isAlwaysTold === true || chosen[name] !== defaultChoices[name])
    .map((name) => stateOf(name, chosen));
}

/** Every choice as it stands, and how to change it. */
export function settingsText(chosen: Choices): string {
  const lines = choiceNames.map((name) => `- ${choiceText(name, chosen)}`);
  return [...lines, "", "You find the same under **Settings > Plugin Preferences > MS Teams**."].join("\n");
}

/** One choice as it stands, and how to change it. */
export function choiceText(name: ChoiceName, chosen: Choices): string {
  const others = valuesOf(name).filter((value) => value !== chosen[name]);
  return `${stateOf(name, chosen)} Change: ${others.map((value) => lineOf(name, value)).join(", ")}`;
}

/** What came of choosing. Everything counts from the next message on; what has arrived stays as it is. */
export function chosenText({ name, value }: Choosing, chosen: Chosen): string {
  if (chosen.kind === "not-connected") return notConnected;
  const { state, note } = wordsOf(name, value);
  if (chosen.kind === "unchanged") return `Nothing to change: ${state}`;
  return ["From the next message on:", state, ...(note === undefined ? [] : [note])].join(" ");
}

/** What can be chosen, for who typed what cannot; nothing was changed. */
export function unknownChoiceText(typed: string, names: readonly ChoiceName[]): string {
  const lines = names.flatMap((name) =>
    valuesOf(name).map((value) => `- ${lineOf(name, value)}: ${wordsOf(name, value).helpText}`),
  );
  return [`There is no ${typedCommand(typed)}. You can type:`, "", ...lines].join("\n");
}

function lineOf(name: ChoiceName, value: string): string {
  return `\`/msteams ${[...choices[name].command, value].join(" ")}\``;
}
