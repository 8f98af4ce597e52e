import { createRegistry, type Registry } from "../gob/registry.ts";
import { type AnySchema, slice } from "../gob/schema.ts";
import { AppErrorModel } from "./app-error.ts";
import { MessageAttachment } from "./attachment.ts";
import { AutocompleteDynamicListArg, AutocompleteStaticListArg, AutocompleteTextArg } from "./command.ts";
import {
  APP_ERROR_GO_TYPE,
  ERROR_STRING_GO_TYPE,
  ErrorString,
  POSTGRES_ERROR_GO_TYPE,
  PostgresError,
} from "./go-error.ts";

/** Go's registered name of `AutocompleteArg.data` for free text. */
export const AUTOCOMPLETE_TEXT_GO_TYPE = "*model.AutocompleteTextArg";
/** Go's registered name of `AutocompleteArg.data` for a fixed list. */
export const AUTOCOMPLETE_STATIC_LIST_GO_TYPE = "*model.AutocompleteStaticListArg";
/** Go's registered name of `AutocompleteArg.data` for a list fetched while typing. */
export const AUTOCOMPLETE_DYNAMIC_LIST_GO_TYPE = "*model.AutocompleteDynamicListArg";
/** Go's registered name of the post property `attachments`; it kept the struct's old name. */
export const ATTACHMENTS_GO_TYPE = "[]*model.SlackAttachment";

const entries: readonly (readonly [string, AnySchema])[] = [
  [APP_ERROR_GO_TYPE, AppErrorModel],
  [ERROR_STRING_GO_TYPE, ErrorString],
  [POSTGRES_ERROR_GO_TYPE, PostgresError],
  [AUTOCOMPLETE_TEXT_GO_TYPE, AutocompleteTextArg],
  [AUTOCOMPLETE_STATIC_LIST_GO_TYPE, AutocompleteStaticListArg],
  [AUTOCOMPLETE_DYNAMIC_LIST_GO_TYPE, AutocompleteDynamicListArg],
  [ATTACHMENTS_GO_TYPE, slice(MessageAttachment)],
];

/** The named types that may travel in interface values between Mattermost and a plugin. */
export const mattermostTypes: Registry = createRegistry(entries);
