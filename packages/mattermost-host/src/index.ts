import { type MattermostOptions, openInstallation, type RunningMattermost } from "./installation.ts";
import { ProcessPlugins } from "./plugins/process-plugins.ts";

export { AppError, type AppErrorId } from "./app-error.ts";
export type { Clock } from "./clock.ts";
export type { MattermostOptions, Person, RunningMattermost } from "./installation.ts";
export type { LogRecord, ServerLog } from "./log.ts";
export type { Post } from "./model/post.ts";
export type { User } from "./model/user.ts";
export type { MattermostNode } from "./node/node.ts";
export type { ServerEvent } from "./system/events.ts";
export type { MattermostSystem } from "./system/system.ts";

/** Starts a Mattermost on loopback addresses; disposing it stops its plugins and closes its connections. */
export function startMattermost(options: MattermostOptions): Promise<RunningMattermost> {
  return openInstallation(options, (parts) => ProcessPlugins.start(parts));
}
