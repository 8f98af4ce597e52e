import type { Api } from "../api/create-api.ts";
import type { Implementations } from "../contract/row.ts";
import type { Context } from "../models/context.ts";
import type { HookTable } from "./hook-table.ts";

/** What a plugin gets when it is activated. */
export interface Activation {
  readonly api: Api;
}

type TableHooks = {
  readonly [N in keyof HookTable as Uncapitalize<N>]?: NonNullable<Implementations<HookTable>[N]>;
};

/**
 * A plugin's hooks; every one is optional and only those present are called. Parameters are those of Mattermost's hook
 * of the same name. A hook with a failure result fails by throwing; `messageWillBePosted` and its kin answer
 * `[replacement or undefined, reason]`, where a reason rejects.
 */
export interface PluginHooks extends TableHooks {
  /** Runs before any other hook; throwing keeps the plugin from starting. */
  readonly onActivate?: (activation: Activation) => Promise<void> | void;
  /** Answers `/plugins/<id>/…`; the path of `request.url` starts behind that prefix. */
  readonly serveHttp?: (request: Request, context: Context) => Promise<Response> | Response;
  /** Like `serveHttp`, for Mattermost's metrics listener. */
  readonly serveMetrics?: (request: Request, context: Context) => Promise<Response> | Response;
}

/** Declares a plugin. It only checks types; starting it is up to the process that calls `serve`. */
export function definePlugin(hooks: PluginHooks): PluginHooks {
  return hooks;
}
