import { join, normalize } from "node:path";
import {
  type ApiImplementation,
  launchPlugin,
  type PluginOutput,
  type RunningPlugin,
} from "@msteams-notifications/plugin-sdk/host";
import { serverVersion } from "../system/system.ts";
import {
  executableFor,
  goPlatform,
  incompatibility,
  type Manifest,
  type ManifestServer,
} from "./manifest.ts";
import { publishWebBundle, type WebBundle } from "./web-bundle.ts";

export interface StartOptions {
  readonly api: ApiImplementation;
  readonly log: (entry: PluginOutput) => void;
  readonly startTimeoutMs: number | undefined;
  readonly socketFolder: string | undefined;
  readonly published: (bundle: WebBundle | undefined) => void;
  /** The process is up and about to be activated. What this throws ends the start. */
  readonly launched: (process: RunningPlugin) => void;
}

/**
 * Both halves of an unpacked plugin in the order of Environment.Activate: the version is looked at, the web half
 * published, the process launched, then activated. The message of what it rejects with is what the administrator reads.
 */
export async function startPlugin(manifest: Manifest, root: string, options: StartOptions): Promise<void> {
  const why = incompatibility(manifest, serverVersion);
  if (why !== undefined) throw new Error(why);
  const bundle = await publishWebBundle(root, manifest).catch((cause: unknown) => {
    throw new Error(`unable to generate webapp bundle: ${manifest.id}: ${wordsOf(cause)}`, { cause });
  });
  options.published(bundle);
  if (manifest.server !== undefined) {
    const process = await launch(manifest.server, root, options).catch((cause: unknown) => {
      throw new Error(`unable to start plugin: ${manifest.id}: ${wordsOf(cause)}`, { cause });
    });
    options.launched(process);
    await process.activate();
  } else if (bundle === undefined) {
    throw new Error("unable to start plugin: must at least have a web app or server component");
  }
}

async function launch(
  server: ManifestServer,
  root: string,
  { api, log, startTimeoutMs, socketFolder }: StartOptions,
): Promise<RunningPlugin> {
  const platform = goPlatform();
  const executable = normalize(executableFor(server, platform) || ".");
  if (executable === ".") {
    throw new Error(`backend executable not found for environment: ${platform.replace("-", "/")}`);
  }
  if (executable.startsWith("..")) throw new Error(`invalid backend executable: ${executable}`);
  return launchPlugin({
    executable: join(root, executable),
    api,
    log,
    ...(startTimeoutMs === undefined ? {} : { startTimeoutMs }),
    ...(socketFolder === undefined ? {} : { socketFolder }),
  });
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
