/** A word of the command, as autocomplete and the help offer it. */
export interface CommandWord {
  readonly word: string;
  readonly helpText: string;
  /** What may follow, for people; empty when nothing does. */
  readonly hint: string;
  readonly next: readonly CommandWord[];
}

function leaf(word: string, helpText: string): CommandWord {
  return { word, helpText, hint: "", next: [] };
}

/** The one list behind autocomplete, help and the answer to unknown words. */
export const msteamsCommand: CommandWord = {
  word: "msteams",
  helpText: "Receive Microsoft Teams chat messages here while you are away from Teams.",
  hint: "[command]",
  next: [
    leaf("connect", "Connect your Microsoft Teams account"),
    leaf("disconnect", "End the connection with your Teams account"),
    leaf("status", "Show whether you are connected and whether notifications are on"),
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
    leaf("help", "Show what /msteams can do"),
  ],
};
