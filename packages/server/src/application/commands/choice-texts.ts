import {
  type ChoiceLimits,
  type ChoiceName,
  type Choices,
  choiceNames,
  choices,
  defaultChoices,
  valuesOf,
  withinLimit,
  wordsOf,
} from "../../domain/choices.ts";
import type { Chosen as ChoosingEnded } from "../connections/choose.ts";
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

/** What somebody chose, and what their administrator allows of it. */
export interface Chosen {
  readonly preferences: Choices;
  readonly limits: ChoiceLimits;
}

/** What is so now of one choice, Markdown. */
function stateOf(name: ChoiceName, { preferences, limits }: Chosen): string {
  const value = withinLimit(name, preferences[name], limits[name]);
  const { state } = wordsOf(name, value);
  return value === preferences[name] ? state : `${state} Your administrator allows no more.`;
}

/** Sentences on what is in force: what is always told, and what is not as it was at first. Off is off, whatever else. */
export function inForce(chosen: Chosen): string[] {
  const { preferences, limits } = chosen;
  if (preferences.notifications === "off") return [stateOf("notifications", chosen)];
  return choiceNames
    .filter((name) => {
      const value = withinLimit(name, preferences[name], limits[name]);
      return choices[name].isAlwaysTold === true || value !== defaultChoices[name];
    })
    .map((name) => stateOf(name, chosen));
}

/** Every choice as it stands, and how to change it. */
export function settingsText(chosen: Chosen): string {
  const lines = choiceNames.map((name) => `- ${choiceText(name, chosen)}`);
  return [...lines, "", "You find the same under **Settings > Plugin Preferences > MS Teams**."].join("\n");
}

/** One choice as it stands, and how to change it. */
export function choiceText(name: ChoiceName, chosen: Chosen): string {
  const { preferences, limits } = chosen;
  const now = withinLimit(name, preferences[name], limits[name]);
  const allowed = valuesOf(name).filter((value) => withinLimit(name, value, limits[name]) === value);
  const others = allowed.filter((value) => value !== now);
  if (others.length === 0) return stateOf(name, chosen);
  return `${stateOf(name, chosen)} Change: ${others.map((value) => lineOf(name, value)).join(", ")}`;
}

/** What came of choosing. Everything counts from the next message on; what has arrived stays as it is. */
export function chosenText({ name, value }: Choosing, ended: ChoosingEnded): string {
  if (ended.kind === "not-connected") return notConnected;
  if (ended.kind === "not-allowed") {
    const most = ended.limits[name] ?? value;
    return `Your administrator allows no more than ${lineOf(name, most)}. Nothing was changed.`;
  }
  const { state, note } = wordsOf(name, value);
  if (ended.kind === "unchanged") return `Nothing to change: ${state}`;
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
