import { bool, bytes, type Infer, int, struct } from "../gob/schema.ts";

/** Mattermost's `model.PluginKVSetOptions`. `atomic` compares with `oldValue`, where absent means that the key must not exist. */
export const PluginKVSetOptions = struct("PluginKVSetOptions", {
  atomic: bool,
  oldValue: bytes,
  expireInSeconds: int,
});
export interface PluginKVSetOptions extends Infer<typeof PluginKVSetOptions> {}
