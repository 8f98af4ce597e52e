import { answerRow } from "../contract/answer-row.ts";
import type { Row } from "../contract/row.ts";
import { none, slice, string } from "../gob/schema.ts";
import { type RpcMethod, rpcMethod } from "../netrpc/rpc-method.ts";
import type { PluginHooks } from "./define-plugin.ts";
import { hookTable } from "./hook-table.ts";

/** Hooks with a wire form of their own, by Go name. */
const SPECIAL_HOOKS = {
  OnActivate: "onActivate",
  ServeHTTP: "serveHttp",
  ServeMetrics: "serveMetrics",
} as const;

type AnyHook = (...args: readonly unknown[]) => unknown;

function lookUp(hooks: PluginHooks, goName: string): AnyHook | undefined {
  const key = goName.charAt(0).toLowerCase() + goName.slice(1);
  const hook: unknown = Reflect.get(hooks, key);
  return typeof hook === "function" ? (...args) => Reflect.apply(hook, hooks, args) : undefined;
}

/** Go names of the hooks that are present, as `Plugin.Implemented` answers them. */
export function implementedHooks(hooks: PluginHooks): string[] {
  const special = Object.entries(SPECIAL_HOOKS).flatMap(([goName, key]) =>
    hooks[key] === undefined ? [] : [goName],
  );
  return [...special, ...Object.keys(hookTable).filter((name) => lookUp(hooks, name) !== undefined)];
}

/**
 * net/rpc methods for the hooks connection: `Plugin.Implemented` and each present hook of the table. OnActivate,
 * ServeHTTP and ServeMetrics need streams of their own and are added by the go-plugin layer.
 */
export function serveHooks(hooks: PluginHooks): Map<string, RpcMethod> {
  const methods = new Map<string, RpcMethod>();
  methods.set(
    "Plugin.Implemented",
    rpcMethod(none, slice(string), () => implementedHooks(hooks)),
  );
  for (const [name, row] of Object.entries<Row>(hookTable)) {
    const hook = lookUp(hooks, name);
    if (hook !== undefined) methods.set(`Plugin.${name}`, answerRow(name, row, hook));
  }
  return methods;
}
