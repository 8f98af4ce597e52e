import { posix } from "node:path";
import {
  AUTOCOMPLETE_DYNAMIC_LIST_GO_TYPE,
  AUTOCOMPLETE_STATIC_LIST_GO_TYPE,
  type AutocompleteArg,
  type AutocompleteData,
  type Command,
  GoValue,
} from "@msteams-notifications/plugin-sdk";
import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import { AppError } from "../app-error.ts";
import { isRecord } from "../json.ts";
import type { AutocompleteArgument, AutocompleteNode, Command as KeptCommand } from "../model/command.ts";
import { publishAnswer } from "../node/command-answer.ts";
import type { Caller } from "./caller.ts";
import { sentResponse } from "./wire-commands.ts";

/** Slash commands of the plugin. A refusal is a plain error, as RegisterCommand's is. */
export function commandsApi({ manifest, system, activity, commands, plugins }: Caller): ApiImplementation {
  return {
    RegisterCommand: (command) => commands.register(manifest.id, keptCommand(manifest.id, command)),
    UnregisterCommand: (teamId, trigger) => commands.unregister(teamId, trigger.toLowerCase()),
    async ExecuteSlashCommand(args) {
      const { userMentions = {}, channelMentions = {}, userId } = args;
      const { triggerId } = system.triggers.issue(userId);
      const given = { ...args, userMentions, channelMentions, triggerId };
      const response = await plugins.executeCommand(given);
      if (!response) throw new AppError("api.command.execute_command.not_found.app_error");
      await publishAnswer(activity, given, response);
      return sentResponse(response);
    },
  };
}

/** What Mattermost keeps of a command; the other fields are dropped (App.RegisterPluginCommand). */
function keptCommand(pluginId: string, command: Command): KeptCommand {
  const trigger = command.trigger.toLowerCase();
  if (trigger === "") throw new Error("invalid command");
  if (trigger.startsWith("/")) throw new Error("invalid trigger: it must not begin with a slash");
  const completion = command.autocompleteData;
  return {
    teamId: command.teamId,
    trigger,
    autoComplete: command.autoComplete,
    autoCompleteDesc: command.autoCompleteDesc,
    autoCompleteHint: command.autoCompleteHint,
    displayName: command.displayName,
    autocomplete: completion && node(pluginId, completion),
    autocompleteIconData: command.autocompleteIconData,
  };
}

/** Checks one node and those below it (AutocompleteData.IsValid). */
function node(pluginId: string, data: AutocompleteData): AutocompleteNode {
  if (data.trigger === "") throw new Error("an empty command name in the autocomplete data");
  if (data.trigger !== data.trigger.toLowerCase()) {
    throw new Error(`a command name in the autocomplete data is not in lower case: ${data.trigger}`);
  }
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
    arguments: args.map((one) => argument(pluginId, one)),
    subCommands: subCommands.map((one) => node(pluginId, one)),
  };
}

function argument(
  pluginId: string,
  { name, helpText, required, data }: AutocompleteArg,
): AutocompleteArgument {
  const common = { name, helpText, required };
  const value = data instanceof GoValue && isRecord(data.value) ? data.value : {};
  switch (data instanceof GoValue ? data.goType : "") {
    case AUTOCOMPLETE_STATIC_LIST_GO_TYPE:
      return { ...common, type: "StaticList", items: listItems(value.possibleArguments) };
    case AUTOCOMPLETE_DYNAMIC_LIST_GO_TYPE:
      return {
        ...common,
        type: "DynamicList",
        fetchURL: listAddress(pluginId, String(value.fetchURL ?? "")),
      };
    default:
      return { ...common, type: "TextInput", hint: String(value.hint ?? "") };
  }
}

/** An address without a scheme is one of the plugin's own (UpdateRelativeURLsForPluginCommands). */
function listAddress(pluginId: string, url: string): string {
  return URL.canParse(url) ? url : posix.join("/plugins", pluginId, url);
}

function listItems(list: unknown) {
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).map((entry) => ({
    item: String(entry.item ?? ""),
    hint: String(entry.hint ?? ""),
    helpText: String(entry.helpText ?? ""),
  }));
}
