import { callersOf, type RpcCaller } from "../contract/call-rows.ts";
import type { Callers } from "../contract/row.ts";
import { none, slice, string } from "../gob/schema.ts";
import { type HookTable, hookTable } from "./hook-table.ts";

/** The host's view of a running plugin: `implemented()` and one function for each hook, by Go name. */
export interface HooksClient extends Callers<HookTable> {
  /** Go names of the hooks the plugin has; calling another one fails with `RpcError`. */
  implemented(): Promise<string[]>;
}

/** Calls a plugin's hooks over the hooks connection `rpc`. */
export function createHooksClient(rpc: RpcCaller): HooksClient {
  return {
    ...callersOf(rpc, hookTable),
    implemented: () => rpc.call("Plugin.Implemented", none, undefined, slice(string)),
  };
}
