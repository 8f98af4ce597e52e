import type { Clock } from "../application/clock.ts";
import type { ConnectionPorts } from "../application/connections/connection-ports.ts";
import type { FileUploads } from "../application/copying/copying-ports.ts";
import type { Log } from "../application/log.ts";
import type { MattermostNames } from "../application/mattermost/mattermost-names.ts";
import type { Metrics } from "../application/metrics.ts";
import type { Randomness } from "../application/randomness.ts";
import type { Timers } from "../application/timers.ts";

/** What every configuration of the plugin has in common. */
export interface Surroundings {
  readonly mattermost: Pick<
    ConnectionPorts,
    "users" | "posts" | "conversation" | "ephemeral" | "preferences" | "events"
  > & {
    readonly uploads: FileUploads;
    readonly names: MattermostNames;
  };
  readonly clock: Clock;
  readonly timers: Timers;
  readonly randomness: Randomness;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly pluginId: string;
}
