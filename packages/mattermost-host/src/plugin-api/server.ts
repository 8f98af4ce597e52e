import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import { serverVersion } from "../system/system.ts";
import type { Caller } from "./caller.ts";

/** The server and its log. This one has no licence, as Mattermost's free edition. */
export function serverApi({ manifest, root, system }: Caller): ApiImplementation {
  const logging = (level: "debug" | "info" | "warn" | "error") => (message: string, pairs: unknown[]) => {
    const fields: Record<string, string> = { plugin_id: manifest.id };
    for (let index = 0; index + 1 < pairs.length; index += 2) {
      fields[String(pairs[index])] = String(pairs[index + 1]);
    }
    system.log.write(level, message, fields);
  };
  return {
    GetServerVersion: () => serverVersion,
    GetLicense: () => undefined,
    IsEnterpriseReady: () => false,
    GetSystemInstallDate: () => system.installedAt,
    GetDiagnosticId: () => system.diagnosticId,
    GetTelemetryId: () => system.diagnosticId,
    GetPluginID: () => manifest.id,
    GetBundlePath: () => root,
    LogDebug: logging("debug"),
    LogInfo: logging("info"),
    LogWarn: logging("warn"),
    LogError: logging("error"),
  };
}
