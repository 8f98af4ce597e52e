export type { ApiTable } from "./api/api-table.ts";
export { apiTable } from "./api/api-table.ts";
export { type Api, createApi } from "./api/create-api.ts";
export type { LogFields } from "./api/log.ts";
export { AppError, type AppErrorFields } from "./contract/app-error.ts";
export { PluginError, type PluginErrorCode } from "./contract/go-error.ts";
export { type AnyValue, GoValue } from "./gob/any-value.ts";
export type { Infer, Input } from "./gob/schema.ts";
export { type Activation, definePlugin, type PluginHooks } from "./hooks/define-plugin.ts";
export { type HookTable, hookTable } from "./hooks/hook-table.ts";
export * from "./models/index.ts";
export {
  ATTACHMENTS_GO_TYPE,
  AUTOCOMPLETE_DYNAMIC_LIST_GO_TYPE,
  AUTOCOMPLETE_STATIC_LIST_GO_TYPE,
  AUTOCOMPLETE_TEXT_GO_TYPE,
} from "./models/registered-types.ts";
