import { type Call, row } from "../contract/row.ts";
import { any, filled, slice, string } from "../gob/schema.ts";

const logRow = row([string, filled(slice(any))], []);

/** API methods for Mattermost's log. */
export const logRows = { LogDebug: logRow, LogInfo: logRow, LogWarn: logRow, LogError: logRow };

/** Fields beside a log message. Never secrets, tokens or message text. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Go plugins turn every entry into text before it travels, so the server expects nothing else. */
function flat(fields: LogFields): string[] {
  return Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [key, String(value)]));
}

/** The author's view of {@link logRows}. Each promise settles when Mattermost has taken the line. */
export function log(call: Call<typeof logRows>) {
  return {
    debug: (message: string, fields: LogFields = {}) => call("LogDebug", message, flat(fields)),
    info: (message: string, fields: LogFields = {}) => call("LogInfo", message, flat(fields)),
    warn: (message: string, fields: LogFields = {}) => call("LogWarn", message, flat(fields)),
    error: (message: string, fields: LogFields = {}) => call("LogError", message, flat(fields)),
  };
}
