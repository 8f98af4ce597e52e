import type { ConnectionPorts } from "./connection-ports.ts";
import { disconnect } from "./disconnect.ts";

/** Some hundred kilobytes of users at once. */
const peopleAtOnce = 200;

/**
 * Ends the connections of people whose Mattermost account is deactivated or gone. Mattermost tells of a deactivation once,
 * and nobody hears it while the plugin does not run. Resolves to how many ended.
 */
export async function endDeparted(ports: ConnectionPorts, stopping: AbortSignal): Promise<number> {
  const userIds = (await ports.connections.list()).map(({ userId }) => userId);
  let ended = 0;
  for (let start = 0; start < userIds.length; start += peopleAtOnce) {
    for (const userId of await ports.users.departed(userIds.slice(start, start + peopleAtOnce))) {
      if (stopping.aborted) return ended;
      if ((await disconnect(ports, userId)).kind === "disconnected") ended += 1;
    }
  }
  return ended;
}
