import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import type { Caller } from "./caller.ts";

/** SqlPluginStore.List without a length. */
const defaultPageLength = 10;

/** The plugin's own key-value store. */
export function keyValuesApi({ manifest, system }: Caller): ApiImplementation {
  const { keyValues } = system;
  const plain = { atomic: false, oldValue: undefined, expireInSeconds: 0 };
  return {
    KVSet: (key, value) => void keyValues.set(manifest.id, key, value, plain),
    KVSetWithExpiry: (key, value, expireInSeconds) =>
      void keyValues.set(manifest.id, key, value, { ...plain, expireInSeconds }),
    KVSetWithOptions: (key, value, { atomic, oldValue, expireInSeconds }) =>
      keyValues.set(manifest.id, key, value, { atomic, oldValue, expireInSeconds }),
    KVCompareAndSet: (key, oldValue, value) =>
      keyValues.set(manifest.id, key, value, { ...plain, atomic: true, oldValue }),
    KVCompareAndDelete: (key, oldValue) => keyValues.compareAndDelete(manifest.id, key, oldValue),
    KVGet: (key) => keyValues.get(manifest.id, key),
    KVDelete: (key) => keyValues.delete(manifest.id, key),
    KVDeleteAll: () => keyValues.deleteAll(manifest.id),
    KVList: (page, perPage) =>
      keyValues.list(manifest.id, Math.max(page, 0), perPage > 0 ? perPage : defaultPageLength),
  };
}
