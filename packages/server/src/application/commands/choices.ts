import { defaultPreferences, holds, type ReaderPreferences } from "../../domain/reader-preferences.ts";

/** One of a person's choices, as `/msteams settings` offers it; the default is the first value. */
export interface Choice {
  readonly word: string;
  readonly helpText: string;
  readonly values: readonly ChoiceValue[];
}

export interface ChoiceValue {
  readonly word: string;
  readonly helpText: string;
  readonly changes: Partial<ReaderPreferences>;
  /** What is so when it is chosen: one sentence of Markdown. */
  readonly state: string;
  /** What somebody who just chose it should know besides. */
  readonly note?: string;
}

export const choices: readonly Choice[] = [
  {
    word: "bots",
    helpText: "Whether messages of bots and apps arrive",
    values: [
      {
        word: "off",
        helpText: "Only what people write arrives",
        changes: { bots: false },
        state: "Messages of bots and apps **do not arrive**.",
      },
      {
        word: "on",
        helpText: "What bots and apps write arrives too",
        changes: { bots: true },
        state: "Messages of bots and apps **arrive too**.",
      },
    ],
  },
  {
    word: "threads",
    helpText: "Where the messages of a chat stand",
    values: [
      {
        word: "flat",
        helpText: "All messages one below the other",
        changes: { threads: "flat" },
        state: "The messages of all chats stand **one below the other**.",
      },
      {
        word: "chats",
        helpText: "One thread for each Teams chat",
        changes: { threads: "chats" },
        state: "The messages of each Teams chat stand in **one thread**.",
        note: "Where Mattermost shows collapsed threads, replies are listed under **Threads** and do not mark this conversation as unread.",
      },
    ],
  },
  {
    word: "together",
    helpText: "Whether messages in quick succession share a post",
    values: [
      {
        word: "off",
        helpText: "Every message is a post of its own",
        changes: { together: false },
        state: "Every message is **a post of its own**.",
      },
      {
        word: "on",
        helpText: "What one chat brings within some seconds shares a post",
        changes: { together: true },
        state: "Messages that one chat brings within some seconds **share a post**.",
        note: "You are notified of the first of them; the others are added to its post.",
      },
    ],
  },
];

/** What is so now, of one choice. */
export function stateOf(choice: Choice, preferences: ReaderPreferences): ChoiceValue | undefined {
  return choice.values.find(({ changes }) => holds(preferences, changes));
}

/** Sentences for the choices that are not as they were at first. */
export function departures(preferences: ReaderPreferences): string[] {
  return choices.flatMap((choice) => {
    const value = stateOf(choice, preferences);
    return value === undefined || holds(defaultPreferences, value.changes) ? [] : [value.state];
  });
}
