import {
  AUTOCOMPLETE_DYNAMIC_LIST_GO_TYPE,
  AUTOCOMPLETE_STATIC_LIST_GO_TYPE,
  type AutocompleteArg,
  type AutocompleteData,
  type Command,
  GoValue,
} from "@msteams-notifications/plugin-sdk";
import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import { isRecord } from "../json.ts";
import type { AutocompleteArgument, AutocompleteNode, Command as KeptCommand } from "../model/command.ts";
import type { Caller } from "./caller.ts";
import { sentResponse } from "./wire-commands.ts";

/** Slash commands of the plugin. A refusal is a plain error, as RegisterCommand's is. */
export function commandsApi({ manifest, commands, plugins }: Caller): ApiImplementation {
  return {
    RegisterCommand: (command) => commands.register(manifest.id, keptCommand(command)),
    UnregisterCommand: (teamId, trigger) => commands.unregister(manifest.id, teamId, trigger.toLowerCase()),
    async ExecuteSlashCommand(args) {
      const { userMentions, channelMentions } = args;
      const response = await plugins.executeCommand({
        ...args,
        userMentions: userMentions ?? {},
        channelMentions: channelMentions ?? {},
      });
      return response && sentResponse(response);
    },
  };
}

/** What Mattermost keeps of a command; the other fields are dropped (App.RegisterPluginCommand). */
function keptCommand(command: Command): KeptCommand {
  const trigger = command.trigger.toLowerCase();
  if (trigger === "") throw new Error("invalid command");
  if (trigger.startsWith("/")) throw new Error("invalid trigger: it must not begin with a slash");
  const completion = command.autocompleteData;
  if (completion && completion.trigger !== trigger) {
    throw new Error("autocomplete trigger differs from the command's");
  }
  return {
    teamId: command.teamId,
    trigger,
    autoComplete: command.autoComplete,
    autoCompleteDesc: command.autoCompleteDesc,
    autoCompleteHint: command.autoCompleteHint,
    displayName: command.displayName,
    autocomplete: completion && node(completion),
    autocompleteIconData: command.autocompleteIconData,
  };
}

function node(data: AutocompleteData): AutocompleteNode {
  if (!["", "system_user", "system_admin"].includes(data.roleID)) {
    throw new Error(`wrong role in autocomplete data: ${data.roleID}`);
  }
  const subCommands = data.subCommands ?? [];
  const args = data.arguments ?? [];
  if (subCommands.length > 0 && args.length > 0) {
    throw new Error("an autocomplete node has either arguments or subcommands");
  }
  return {
    trigger: data.trigger,
    hint: data.hint,
    helpText: data.helpText,
    roleId: data.roleID,
    arguments: args.map(argument),
    subCommands: subCommands.map(node),
  };
}

function argument({ name, helpText, required, data }: AutocompleteArg): AutocompleteArgument {
  const common = { name, helpText, required };
  const value = data instanceof GoValue && isRecord(data.value) ? data.value : {};
  switch (data instanceof GoValue ? data.goType : "") {
    case AUTOCOMPLETE_STATIC_LIST_GO_TYPE:
      return { ...common, type: "StaticList", items: listItems(value.possibleArguments) };
    case AUTOCOMPLETE_DYNAMIC_LIST_GO_TYPE:
      return { ...common, type: "DynamicList", fetchURL: String(value.fetchURL ?? "") };
    default:
      return { ...common, type: "TextInput", hint: String(value.hint ?? "") };
  }
}

function listItems(list: unknown) {
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).map((entry) => ({
    item: String(entry.item ?? ""),
    hint: String(entry.hint ?? ""),
    helpText: String(entry.helpText ?? ""),
  }));
}
