import type { Exclusively } from "../adapters/postgres/exclusive-work.ts";
import type { ConnectionPorts } from "../application/connections/connection-ports.ts";
import { endDeparted } from "../application/connections/end-departed.ts";
import { endOtherTenants } from "../application/connections/end-other-tenants.ts";
import type { RecurringTask } from "./recurring-work.ts";

/** Mattermost tells of deactivations itself; this is for those it told nobody. Not on the hour, when everybody's jobs run. */
const schedule = "41 * * * *";

export interface Departures extends AsyncDisposable {
  readonly recurring: RecurringTask;
}

/**
 * Ends connections that have nobody any more: of people who have left Mattermost and, once Microsoft let the application
 * into the tenant, of other tenants. Now, and every hour, on one node at a time.
 */
export function endDepartures(
  ports: ConnectionPorts,
  exclusively: Exclusively,
  isLetIn: () => Promise<boolean>,
): Departures {
  const stopping = new AbortController();
  const endAll = async () => {
    const ended = await endDeparted(ports, stopping.signal);
    if (ended > 0) ports.log.info("People who left Mattermost were disconnected", { ended });
    const foreign = (await isLetIn()) ? await endOtherTenants(ports, stopping.signal) : 0;
    if (foreign > 0)
      ports.log.info("People connected with another tenant were disconnected", { ended: foreign });
  };
  const run = async () => {
    try {
      await exclusively("end-departures", endAll);
    } catch (error) {
      const cause = error instanceof Error ? error.name : "unknown";
      ports.log.warn("Whether connected people are still in Mattermost could not be asked", { cause });
    }
  };
  const first = run();
  return {
    // Beside the first attempt it would take that one for another node's, and do nothing.
    recurring: { name: "end-departures", schedule, run: () => first.then(run) },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await first;
    },
  };
}
