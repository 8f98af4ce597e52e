import type { Json, JsonObject } from "../json.ts";

/** What a plugin may declare about a slash command (model.Command; the other fields are dropped on registration). */
export interface Command {
  readonly teamId: string;
  readonly trigger: string;
  readonly autoComplete: boolean;
  readonly autoCompleteDesc: string;
  readonly autoCompleteHint: string;
  readonly displayName: string;
  readonly autocomplete: AutocompleteNode | undefined;
  readonly autocompleteIconData: string;
}

export interface AutocompleteNode {
  readonly trigger: string;
  readonly hint: string;
  readonly helpText: string;
  /** `system_user` or `system_admin`; empty is visible to administrators only. */
  readonly roleId: string;
  readonly arguments: readonly AutocompleteArgument[];
  readonly subCommands: readonly AutocompleteNode[];
}

export interface AutocompleteListItem {
  readonly item: string;
  readonly hint: string;
  readonly helpText: string;
}

export type AutocompleteArgument = {
  readonly name: string;
  readonly helpText: string;
  readonly required: boolean;
} & (
  | { readonly type: "TextInput"; readonly hint: string }
  | { readonly type: "StaticList"; readonly items: readonly AutocompleteListItem[] }
  | { readonly type: "DynamicList"; readonly fetchURL: string }
);

export interface CommandArgs {
  readonly userId: string;
  readonly channelId: string;
  readonly teamId: string;
  readonly rootId: string;
  readonly triggerId: string;
  readonly command: string;
  readonly siteURL: string;
  readonly userMentions: Record<string, string>;
  readonly channelMentions: Record<string, string>;
}

export interface CommandResponse {
  readonly responseType: string;
  readonly text: string;
  readonly username: string;
  readonly iconURL: string;
  readonly channelId: string;
  readonly type: string;
  readonly props: JsonObject;
  readonly gotoLocation: string;
  readonly skipSlackParsing: boolean;
  readonly attachments: readonly Json[];
  readonly extraResponses: readonly CommandResponse[];
}
