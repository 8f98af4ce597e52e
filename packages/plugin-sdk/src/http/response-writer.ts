import { bytes, int, none } from "../gob/schema.ts";
import { HttpHeader } from "../models/http.ts";

/** Methods of the response writer's connection (Mattermost `plugin/http.go`); the plugin calls, the host answers. */
export const writerMethod = {
  header: "Plugin.Header",
  syncHeader: "Plugin.SyncHeader",
  writeHeader: "Plugin.WriteHeader",
  write: "Plugin.Write",
  flush: "Plugin.Flush",
} as const;

/** Argument and reply types of {@link writerMethod}. */
export const writerTypes = {
  header: [none, HttpHeader],
  syncHeader: [HttpHeader, none],
  writeHeader: [int, none],
  write: [bytes, none],
  flush: [none, none],
} as const;
