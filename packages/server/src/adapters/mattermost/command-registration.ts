import {
  type Api,
  AUTOCOMPLETE_DYNAMIC_LIST_GO_TYPE,
  AUTOCOMPLETE_STATIC_LIST_GO_TYPE,
  type AutocompleteDataInput,
  GoValue,
} from "@msteams-notifications/plugin-sdk";
import type { CommandWord } from "../../application/commands/command-words.ts";
import { askMattermost } from "./mattermost-failure.ts";

/** Without a role the suggestions are shown to administrators only (facts, section 3). */
const everyone = "system_user";
const administrators = "system_admin";

/** Where Mattermost asks for a person's chats while they type. */
export interface ChatSuggestions {
  /** Below the plugin's own address. */
  readonly url: (which: "recent" | "muted") => string;
}

export async function registerCommand(
  api: Pick<Api, "commands">,
  command: CommandWord,
  suggestions: ChatSuggestions,
): Promise<void> {
  await askMattermost("register the command", () =>
    api.commands.register({
      trigger: command.word,
      autoComplete: true,
      autoCompleteDesc: command.helpText,
      autoCompleteHint: command.hint,
      displayName: "Microsoft Teams Notifications",
      autocompleteData: autocompleteOf(command, suggestions),
    }),
  );
}

function autocompleteOf(
  command: CommandWord,
  suggestions: ChatSuggestions,
  roleBefore = everyone,
): AutocompleteDataInput {
  const { word, hint, helpText, next } = command;
  const roleID = command.isForAdministrators === true ? administrators : roleBefore;
  const subCommands = next.map((each) => autocompleteOf(each, suggestions, roleID));
  return { trigger: word, hint, helpText, roleID, arguments: argumentsOf(command, suggestions), subCommands };
}

/** Lists after the word, chats before values; without a name they stand by their place (facts, section 3). */
function argumentsOf(
  { chats, values, helpText }: CommandWord,
  { url }: ChatSuggestions,
): AutocompleteDataInput["arguments"] {
  const listed = chats === undefined ? [] : [chatArgument(url(chats))];
  if (values === undefined) return listed;
  const possibleArguments = values.map((value) => ({ item: value.word, hint: "", helpText: value.helpText }));
  return [
    ...listed,
    {
      name: "",
      helpText,
      type: "StaticList",
      required: true,
      data: new GoValue(AUTOCOMPLETE_STATIC_LIST_GO_TYPE, { possibleArguments }),
    },
  ];
}

function chatArgument(fetchURL: string) {
  return {
    name: "",
    helpText: "One of your chats; in the thread of a chat it need not be named",
    type: "DynamicList",
    required: true,
    data: new GoValue(AUTOCOMPLETE_DYNAMIC_LIST_GO_TYPE, { fetchURL }),
  };
}
