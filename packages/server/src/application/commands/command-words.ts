import { choices } from "./choices.ts";

/** A word of the command, as autocomplete and the help offer it. */
export interface CommandWord {
  readonly word: string;
  readonly helpText: string;
  /** What may follow, for people; empty when nothing does. */
  readonly hint: string;
  readonly next: readonly CommandWord[];
  /** What must follow as the last word, for autocomplete; absent where {@link next} says it, or nothing must. */
  readonly values?: readonly { readonly word: string; readonly helpText: string }[];
  /** Offered to system administrators only, with everything that follows. */
  readonly isForAdministrators?: boolean;
}

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
    {
      word: "notifications",
      helpText: "Turn the notifications of Teams chat messages on or off",
      hint: "[on|off|status]",
      next: [
        leaf("on", "Turn notifications on"),
        leaf("off", "Turn notifications off"),
        leaf("status", "Show whether notifications are on"),
      ],
    },
    {
      word: "settings",
      helpText: "Show or change what arrives and how it is shown",
      hint: `[${choices.map(({ word }) => word).join("|")}]`,
      next: choices.map(({ word, helpText, values }) => ({
        ...leaf(word, helpText, `[${values.map((value) => value.word).join("|")}]`),
        values,
      })),
    },
    leaf("help", "Show what /msteams can do"),
    administration,
  ],
};
