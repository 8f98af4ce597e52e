import { type Call, row } from "../contract/row.ts";
import { bool, bytes, filled, type Input, int, slice, string } from "../gob/schema.ts";
import { PluginKVSetOptions } from "../models/key-value.ts";

/** API methods for the key-value store of the plugin (Mattermost plugin API). */
export const kvRows = {
  KVSet: row([string, bytes], [], "appError"),
  KVGet: row([string], [bytes], "appError"),
  KVDelete: row([string], [], "appError"),
  KVDeleteAll: row([], [], "appError"),
  KVList: row([int, int], [filled(slice(string))], "appError"),
  KVSetWithOptions: row([string, bytes, PluginKVSetOptions], [bool], "appError"),
  KVSetWithExpiry: row([string, bytes, int], [], "appError"),
  KVCompareAndSet: row([string, bytes, bytes], [bool], "appError"),
  KVCompareAndDelete: row([string, bytes], [bool], "appError"),
};

/** The author's view of {@link kvRows}. */
export function kv(call: Call<typeof kvRows>) {
  return {
    /** An empty or absent value deletes the key. */
    set: (key: string, value: Uint8Array | undefined) => call("KVSet", key, value),
    /** Resolves to `undefined` for a key that does not exist. */
    get: (key: string) => call("KVGet", key),
    delete: (key: string) => call("KVDelete", key),
    deleteAll: () => call("KVDeleteAll"),
    /** Keys of one page; `perPage` up to 1000. */
    list: (page: number, perPage: number) => call("KVList", page, perPage),
    /** Resolves to false when an atomic set lost the race. */
    setWithOptions: (key: string, value: Uint8Array | undefined, options: Input<typeof PluginKVSetOptions>) =>
      call("KVSetWithOptions", key, value, options),
    setWithExpiry: (key: string, value: Uint8Array, expireInSeconds: number) =>
      call("KVSetWithExpiry", key, value, expireInSeconds),
    compareAndSet: (key: string, oldValue: Uint8Array | undefined, newValue: Uint8Array | undefined) =>
      call("KVCompareAndSet", key, oldValue, newValue),
    compareAndDelete: (key: string, oldValue: Uint8Array) => call("KVCompareAndDelete", key, oldValue),
  };
}
