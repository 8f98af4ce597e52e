import type { Database } from "../adapters/postgres/database.ts";
import { exclusively } from "../adapters/postgres/exclusive-work.ts";
import type { RecurringTask } from "../adapters/postgres/worker.ts";
import type { ConnectionPorts } from "../application/connections/connection-ports.ts";
import { endDeparted } from "../application/connections/end-departed.ts";

/** Mattermost tells of deactivations itself; this is for those it told nobody. Not on the hour, when everybody's jobs run. */
const schedule = "41 * * * *";

export interface Departures extends AsyncDisposable {
  readonly recurring: RecurringTask;
}

/** Ends the connections of people who have left Mattermost: now, and every hour, on one node at a time. */
export function endDepartures(ports: ConnectionPorts, database: Database): Departures {
  const stopping = new AbortController();
  const run = async () => {
    try {
      const ended = await exclusively(database, "end-departures", () => endDeparted(ports, stopping.signal));
      if (ended !== undefined && ended > 0)
        ports.log.info("People who left Mattermost were disconnected", { ended });
    } catch (error) {
      const cause = error instanceof Error ? error.name : "unknown";
      ports.log.warn("Whether connected people are still in Mattermost could not be asked", { cause });
    }
  };
  const first = run();
  return {
    recurring: { name: "end-departures", schedule, run },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await first;
    },
  };
}
