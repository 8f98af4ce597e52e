import { type ChoiceName, choiceNames, choices, valuesOf, wordsOf } from "../../domain/choices.ts";
import { muteTimes } from "./parse-mute.ts";
import { quietExamples } from "./quiet-answers.ts";
import { snoozeTimes } from "./snooze-answers.ts";

/** A word of the command, as autocomplete and the help offer it. */
export interface CommandWord {
  readonly word: string;
  readonly helpText: string;
  /** What may follow, for people; empty when nothing does. */
  readonly hint: string;
  readonly next: readonly CommandWord[];
  /** What must follow as the last word, for autocomplete; absent where {@link next} says it, or nothing must. */
  readonly values?: readonly { readonly word: string; readonly helpText: string }[];
  /** What follows is one of the person's chats, before {@link values}. */
  readonly chats?: "recent" | "muted";
  /** Offered to system administrators only, with everything that follows. */
  readonly isForAdministrators?: boolean;
}

/** The word of a choice, with its values as what must follow. */
function choiceWord(name: ChoiceName): CommandWord {
  const { command, helpText } = choices[name];
  const values = valuesOf(name).map((word) => ({ word, helpText: wordsOf(name, word).helpText }));
  return {
    ...leaf(command.at(-1) ?? "", helpText, `[${values.map(({ word }) => word).join("|")}]`),
    values,
  };
}

const settings = choiceNames.filter((name) => choices[name].command[0] === "settings").map(choiceWord);

function leaf(word: string, helpText: string, hint = ""): CommandWord {
  return { word, helpText, hint, next: [] };
}

/** What follows `/msteams admin`. */
const administration: CommandWord = {
  word: "admin",
  helpText: "For system administrators: find and repair what was not delivered, end connections",
  hint: "[catch-up|disconnect|failures|replay]",
  isForAdministrators: true,
  next: [
    leaf("catch-up", "Read the last 24 hours at Microsoft and deliver what never arrived"),
    leaf("disconnect", "End the connection of somebody who left", "[@username]"),
    leaf("failures", "Show the notifications that were given up"),
    leaf("replay", "Put notifications that were given up back to work", "[id|all]"),
  ],
};

/** The one list behind autocomplete, help and the answer to unknown words. */
export const msteamsCommand: CommandWord = {
  word: "msteams",
  helpText: "Receive Microsoft Teams chat messages here while you are away from Teams.",
  hint: "[command]",
  next: [
    leaf("connect", "Connect your Microsoft Teams account"),
    leaf("disconnect", "End the connection with your Teams account"),
    leaf("status", "Show whether you are connected and what you chose"),
    choiceWord("notifications"),
    {
      word: "settings",
      helpText: "Show or change what arrives and how it is shown",
      hint: `[${settings.map(({ word }) => word).join("|")}]`,
      next: settings,
    },
    { ...leaf("snooze", "Hold messages for a while", "[30m|2h|tomorrow|14:30|off]"), values: snoozeTimes },
    { ...leaf("quiet", "Hold messages in hours of days", "[daily 20:00-08:00|off]"), values: quietExamples },
    leaf("chats", "Show your last chats and mute them with buttons"),
    {
      ...leaf("mute", "Mute a chat for a while", "[chat] [1h|tomorrow|always]"),
      chats: "recent",
      values: muteTimes,
    },
    { ...leaf("unmute", "Unmute a chat", "[chat]"), chats: "muted" },
    leaf("why", "Show why your last messages arrived, or did not"),
    leaf("help", "Show what /msteams can do"),
    administration,
  ],
};
