import { AppError } from "../app-error.ts";
import type { NodePlugins } from "./node-plugins.ts";

const disabled = async () => {
  throw new AppError("app.plugin.upload_disabled.app_error");
};

/** A node that runs no plugins and says so. */
export async function withoutPlugins(): Promise<NodePlugins> {
  return {
    install: disabled,
    remove: disabled,
    enable: disabled,
    disable: disabled,
    statuses: () => [],
    isRunning: () => false,
    published: () => [],
    rootOf: () => undefined,
    serveHttp: () => undefined,
    serveMetrics: () => undefined,
    commands: () => [],
    executeCommand: async () => undefined,
    checkHealth: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  };
}
