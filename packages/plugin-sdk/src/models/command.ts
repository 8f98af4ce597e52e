import {
  any,
  bool,
  field,
  type Infer,
  int,
  lazy,
  ptr,
  record,
  type Schema,
  type StructIn,
  type StructOut,
  slice,
  string,
  struct,
} from "../gob/schema.ts";
import { MessageAttachment } from "./attachment.ts";

/** Mattermost's `model.AutocompleteTextArg`. */
export const AutocompleteTextArg = struct("AutocompleteTextArg", {
  hint: string,
  pattern: string,
});
export interface AutocompleteTextArg extends Infer<typeof AutocompleteTextArg> {}

/** Mattermost's `model.AutocompleteListItem`. */
export const AutocompleteListItem = struct("AutocompleteListItem", {
  item: string,
  hint: string,
  helpText: string,
});
export interface AutocompleteListItem extends Infer<typeof AutocompleteListItem> {}

/** Mattermost's `model.AutocompleteStaticListArg`. */
export const AutocompleteStaticListArg = struct("AutocompleteStaticListArg", {
  possibleArguments: slice(AutocompleteListItem),
});
export interface AutocompleteStaticListArg extends Infer<typeof AutocompleteStaticListArg> {}

/** Mattermost's `model.AutocompleteDynamicListArg`. */
export const AutocompleteDynamicListArg = struct("AutocompleteDynamicListArg", {
  fetchURL: string,
});
export interface AutocompleteDynamicListArg extends Infer<typeof AutocompleteDynamicListArg> {}

/** Mattermost's `model.AutocompleteArg`. `type` is `TextInput`, `StaticList` or `DynamicList`; `data` the registered Go type of the same kind. */
export const AutocompleteArg = struct("AutocompleteArg", {
  name: string,
  helpText: string,
  type: string,
  required: bool,
  data: any,
});
export interface AutocompleteArg extends Infer<typeof AutocompleteArg> {}

const autocompleteFields = {
  trigger: string,
  hint: string,
  helpText: string,
  roleID: string,
  arguments: slice(AutocompleteArg),
};
export interface AutocompleteData extends StructOut<typeof autocompleteFields> {
  subCommands?: AutocompleteData[] | undefined;
}
export interface AutocompleteDataInput extends StructIn<typeof autocompleteFields> {
  readonly subCommands?: readonly AutocompleteDataInput[] | undefined;
}
/** Mattermost's `model.AutocompleteData`. */
export const AutocompleteData: Schema<AutocompleteData, AutocompleteDataInput> = struct("AutocompleteData", {
  ...autocompleteFields,
  subCommands: slice(lazy(() => AutocompleteData)),
});

/** Mattermost's `model.Command`; times are milliseconds since 1970. `autocompleteIconData` is a base64 data URL of an SVG picture. */
export const Command = struct("Command", {
  id: string,
  token: string,
  createAt: int,
  updateAt: int,
  deleteAt: int,
  creatorId: string,
  teamId: string,
  trigger: string,
  method: string,
  username: string,
  iconURL: string,
  autoComplete: bool,
  autoCompleteDesc: string,
  autoCompleteHint: string,
  displayName: string,
  description: string,
  url: field("URL", string),
  pluginId: string,
  autocompleteData: ptr(AutocompleteData),
  autocompleteIconData: string,
});
export interface Command extends Infer<typeof Command> {}

/** Mattermost's `model.CommandArgs`. */
export const CommandArgs = struct("CommandArgs", {
  userId: string,
  channelId: string,
  teamId: string,
  rootId: string,
  parentId: string,
  triggerId: string,
  command: string,
  siteURL: string,
  userMentions: record(string),
  channelMentions: record(string),
});
export interface CommandArgs extends Infer<typeof CommandArgs> {}

const responseFields = {
  responseType: string,
  text: string,
  username: string,
  channelId: string,
  iconURL: string,
  type: string,
  props: record(any),
  gotoLocation: string,
  triggerId: string,
  skipSlackParsing: bool,
  attachments: slice(MessageAttachment),
};
export interface CommandResponse extends StructOut<typeof responseFields> {
  extraResponses?: CommandResponse[] | undefined;
}
export interface CommandResponseInput extends StructIn<typeof responseFields> {
  readonly extraResponses?: readonly CommandResponseInput[] | undefined;
}
/** Mattermost's `model.CommandResponse`. `responseType` is `ephemeral` or `in_channel`. */
export const CommandResponse: Schema<CommandResponse, CommandResponseInput> = struct("CommandResponse", {
  ...responseFields,
  extraResponses: slice(lazy(() => CommandResponse)),
});
