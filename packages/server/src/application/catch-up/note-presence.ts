import { isInFrontOfTeams } from "../../domain/delivery-policy.ts";
import type { Access } from "../access/access.ts";
import type { Clock } from "../clock.ts";
import type { ConnectionStore } from "../connections/connection-store.ts";
import { GraphError } from "../graph/graph-error.ts";
import { maxIdsPerPresenceRequest, type PresenceSource } from "../graph/presence-source.ts";
import type { Sightings } from "./catch-up-ports.ts";

export interface PresenceNotingPorts {
  readonly presences: PresenceSource;
  readonly connections: Pick<ConnectionStore, "list">;
  readonly sightings: Pick<Sightings, "notePresent">;
  readonly access: Access;
  readonly clock: Clock;
}

/**
 * Notes who is in front of Teams now: should messages have to be read later, it tells what was seen. One request serves
 * 650 people. It is also where a refused application is noticed, and where its recovery is. Throws {@link GraphError}.
 */
export async function notePresence(ports: PresenceNotingPorts): Promise<void> {
  const { presences, sightings, access, clock } = ports;
  const connections = await ports.connections.list();
  if (connections.length === 0) return;
  try {
    for (let start = 0; start < connections.length; start += maxIdsPerPresenceRequest) {
      const part = connections.slice(start, start + maxIdsPerPresenceRequest);
      const askedAtMs = clock.now();
      const found = await presences.presencesOf(part.map(({ teamsUserId }) => teamsUserId));
      const present = part.filter(({ teamsUserId }) => {
        const presence = found.get(teamsUserId);
        return presence !== undefined && isInFrontOfTeams(presence);
      });
      await sightings.notePresent(
        present.map(({ userId }) => userId),
        askedAtMs,
      );
    }
  } catch (error) {
    if (error instanceof GraphError && error.code === "unauthorized")
      await access.applicationRefused("sign-in", error.code);
    if (error instanceof GraphError && error.code === "forbidden")
      await access.applicationRefused("presence", error.code);
    throw error;
  }
  await access.applicationWorks("sign-in", "presence");
}
