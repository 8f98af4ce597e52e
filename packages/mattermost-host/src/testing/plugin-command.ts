import type { AutocompleteNode, Command, CommandResponse } from "../model/command.ts";

/** A node of an autocomplete tree that everybody sees. */
export function node(trigger: string, more: Partial<AutocompleteNode> = {}): AutocompleteNode {
  return {
    trigger,
    hint: "",
    helpText: `About ${trigger}`,
    roleId: "system_user",
    arguments: [],
    subCommands: [],
    ...more,
  };
}

export function command(trigger: string, more: Partial<Command> = {}): Command {
  return {
    teamId: "",
    trigger,
    autoComplete: true,
    autoCompleteDesc: `Does ${trigger}`,
    autoCompleteHint: "[what]",
    displayName: trigger,
    autocomplete: undefined,
    autocompleteIconData: "",
    ...more,
  };
}

/** An answer to a command with a text. */
export function response(text: string, more: Partial<CommandResponse> = {}): CommandResponse {
  return {
    responseType: "ephemeral",
    text,
    username: "",
    iconURL: "",
    channelId: "",
    type: "",
    props: {},
    gotoLocation: "",
    skipSlackParsing: false,
    attachments: [],
    extraResponses: [],
    ...more,
  };
}
