import type { Api } from "@msteams-notifications/plugin-sdk";
import type { Log } from "../../application/log.ts";

type Level = "debug" | "info" | "warn" | "error";

/** Mattermost's log. A line that cannot be written is no reason to fail whatever it tells of. */
export function serverLog(api: Pick<Api, "log">): Log {
  const at =
    (level: Level) =>
    (message: string, fields: Readonly<Record<string, string | number | boolean>> = {}) => {
      api.log[level](message, fields).catch(() => undefined);
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
