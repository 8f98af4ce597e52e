import { bool, none, string, uint } from "../gob/schema.ts";

/** The only kind of plugin Mattermost asks for. */
export const pluginKind = "hooks";

/** Methods of the control connection, the first stream of a session (go-plugin `rpc_server.go`). */
export const controlMethod = {
  ping: "Control.Ping",
  quit: "Control.Quit",
  dispense: "Dispenser.Dispense",
} as const;

/** Argument and reply types of {@link controlMethod}. */
export const controlTypes = {
  ping: [bool, none],
  quit: [bool, none],
  dispense: [string, uint],
} as const;
