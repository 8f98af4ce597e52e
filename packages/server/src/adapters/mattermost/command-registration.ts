import type { Api, AutocompleteDataInput } from "@msteams-notifications/plugin-sdk";
import { askMattermost } from "./mattermost-failure.ts";

/** A command or subcommand, as autocomplete offers it. */
export interface CommandWord {
  readonly word: string;
  readonly helpText: string;
  /** What may follow, for people; empty when nothing does. */
  readonly hint: string;
  readonly next: readonly CommandWord[];
}

/** Without a role the suggestions are shown to administrators only (facts, section 3). */
const everyone = "system_user";

export async function registerCommand(api: Pick<Api, "commands">, command: CommandWord): Promise<void> {
  await askMattermost("register the command", () =>
    api.commands.register({
      trigger: command.word,
      autoComplete: true,
      autoCompleteDesc: command.helpText,
      autoCompleteHint: command.hint,
      displayName: "Microsoft Teams Notifications",
      autocompleteData: autocompleteOf(command),
    }),
  );
}

function autocompleteOf({ word, hint, helpText, next }: CommandWord): AutocompleteDataInput {
  const subCommands = next.map(autocompleteOf);
  return { trigger: word, hint, helpText, roleID: everyone, arguments: [], subCommands };
}
