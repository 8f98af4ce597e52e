import { type Call, row } from "../contract/row.ts";
import { bool, int, ptr, string } from "../gob/schema.ts";
import { License } from "../models/license.ts";

/** API methods for the server the plugin runs in (Mattermost plugin API). */
export const serverRows = {
  GetServerVersion: row([], [string]),
  GetLicense: row([], [ptr(License)]),
  IsEnterpriseReady: row([], [bool]),
  GetSystemInstallDate: row([], [int], "appError"),
  GetDiagnosticId: row([], [string]),
  GetTelemetryId: row([], [string]),
  GetPluginID: row([], [string]),
  GetBundlePath: row([], [string], "error"),
};

/** The author's view of {@link serverRows}. */
export function server(call: Call<typeof serverRows>) {
  return {
    version: () => call("GetServerVersion"),
    /** Resolves to `undefined` on a server without licence. */
    license: () => call("GetLicense"),
    isEnterpriseReady: () => call("IsEnterpriseReady"),
    /** Milliseconds since 1970. */
    installedAtMs: () => call("GetSystemInstallDate"),
    diagnosticId: () => call("GetDiagnosticId"),
    telemetryId: () => call("GetTelemetryId"),
    pluginId: () => call("GetPluginID"),
    /** Folder in which the server unpacked the plugin. */
    bundlePath: () => call("GetBundlePath"),
  };
}
