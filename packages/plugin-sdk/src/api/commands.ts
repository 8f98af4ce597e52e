import { type Call, row } from "../contract/row.ts";
import { type Input, ptr, string } from "../gob/schema.ts";
import { Command, CommandArgs, CommandResponse } from "../models/command.ts";

/** API methods for slash commands (Mattermost plugin API). */
export const commandsRows = {
  RegisterCommand: row([Command], [], "error"),
  UnregisterCommand: row([string, string], [], "error"),
  ExecuteSlashCommand: row([CommandArgs], [ptr(CommandResponse)], "error"),
};

/** The author's view of {@link commandsRows}. */
export function commands(call: Call<typeof commandsRows>) {
  return {
    register: (command: Input<typeof Command>) => call("RegisterCommand", command),
    /** `teamId` is empty for a command of all teams. */
    unregister: (teamId: string, trigger: string) => call("UnregisterCommand", teamId, trigger),
    execute: (args: Input<typeof CommandArgs>) => call("ExecuteSlashCommand", args),
  };
}
