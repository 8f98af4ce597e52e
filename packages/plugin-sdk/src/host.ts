export { type ApiImplementation, serveApi } from "./api/serve-api.ts";
export { type Clock, systemClock, type Timer } from "./clock.ts";
export { GoPluginError, type GoPluginErrorCode } from "./go-plugin/go-plugin-error.ts";
export type { HclogEntry, LogLevel } from "./go-plugin/hclog.ts";
export {
  type LaunchOptions,
  launchPlugin,
  type PluginExit,
  type PluginOutput,
  type RunningPlugin,
} from "./go-plugin/launch-plugin.ts";
export type { HooksClient } from "./hooks/hooks-client.ts";
export type { PluginHttpRequest } from "./http/serve-http-call.ts";
export { RpcError, type RpcErrorCode } from "./netrpc/rpc-error.ts";
