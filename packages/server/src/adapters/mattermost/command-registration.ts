import {
  type Api,
  AUTOCOMPLETE_STATIC_LIST_GO_TYPE,
  type AutocompleteDataInput,
  GoValue,
} from "@msteams-notifications/plugin-sdk";
import type { CommandWord } from "../../application/commands/command-words.ts";
import { askMattermost } from "./mattermost-failure.ts";

/** Without a role the suggestions are shown to administrators only (facts, section 3). */
const everyone = "system_user";
const administrators = "system_admin";

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

function autocompleteOf(command: CommandWord, roleBefore = everyone): AutocompleteDataInput {
  const { word, hint, helpText, next } = command;
  const roleID = command.isForAdministrators === true ? administrators : roleBefore;
  const subCommands = next.map((each) => autocompleteOf(each, roleID));
  return { trigger: word, hint, helpText, roleID, arguments: argumentsOf(command), subCommands };
}

/** A list of values after the word; without a name it stands by its place (facts, section 3). */
function argumentsOf({ values, helpText }: CommandWord): AutocompleteDataInput["arguments"] {
  if (values === undefined) return [];
  const possibleArguments = values.map((value) => ({ item: value.word, hint: "", helpText: value.helpText }));
  return [
    {
      name: "",
      helpText,
      type: "StaticList",
      required: true,
      data: new GoValue(AUTOCOMPLETE_STATIC_LIST_GO_TYPE, { possibleArguments }),
    },
  ];
}
