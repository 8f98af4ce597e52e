import type { GraphClient } from "../adapters/graph/client.ts";
import { CertificateSealing } from "../adapters/graph/content-sealing.ts";
import { GraphMessageHistory } from "../adapters/graph/message-history.ts";
import { GraphPresences } from "../adapters/graph/presences.ts";
import type { Storage } from "../adapters/postgres/storage.ts";
import type { Access } from "../application/access/access.ts";
import type { CatchUpPorts } from "../application/catch-up/catch-up.ts";
import {
  type CatchUpStarted,
  type NoCatchUp,
  whyNoCatchUp,
} from "../application/catch-up/catch-up-support.ts";
import { notePresence } from "../application/catch-up/note-presence.ts";
import { longestWindowMs } from "../application/catch-up/reading-window.ts";
import type { ResyncRequests } from "../application/catch-up/resync-requests.ts";
import type { InboxRoom } from "../application/inbox/inbox-room.ts";
import { tenantOwner } from "../application/subscriptions/client-state.ts";
import type { Config } from "../config.ts";
import { catchUpSchedule, keepCaughtUp } from "./keep-caught-up.ts";
import type { RecurringTask } from "./recurring-work.ts";
import type { Surroundings } from "./surroundings.ts";

/** How exactly it is known until when somebody was in front of Teams. */
const presenceSchedule = "*/5 * * * *";

export interface CatchingUpParts {
  readonly surroundings: Surroundings;
  readonly config: Config;
  readonly storage: Storage;
  readonly graph: GraphClient;
  readonly access: Access;
  readonly room: InboxRoom;
  readonly inbox: CatchUpPorts["inbox"];
  readonly rules: CatchUpPorts["rules"];
}

export interface CatchingUp extends AsyncDisposable {
  /** A gap that is noted here is read at once, where anything can be read. */
  readonly resync: ResyncRequests;
  /** Why nothing can be read again, if so. */
  readonly impossible: NoCatchUp | undefined;
  readonly recurring: readonly RecurringTask[];
  /** Begins with what was missed while nothing ran. */
  start(): Promise<void>;
  /** An administrator wants everybody's last day read. */
  ask(): Promise<CatchUpStarted>;
}

/** Reading what was missed, put together for one configuration. */
export function catchingUp(parts: CatchingUpParts): CatchingUp {
  const { surroundings, config, storage, graph, access, room, inbox, rules } = parts;
  const { clock, log, mattermost } = surroundings;
  const why = whyNoCatchUp({ cloud: config.cloud.kind, syncNotifications: config.syncNotifications });
  const { connections, reading, histories } = storage;
  const stopping = new AbortController();
  const keeper = keepCaughtUp({
    exclusively: storage.exclusively,
    timers: surroundings.timers,
    ports: {
      ...surroundings,
      access,
      room,
      connections,
      history: new GraphMessageHistory(graph, stopping.signal),
      progress: reading,
      sightings: histories,
      switches: histories,
      preferences: mattermost.preferences,
      inbox,
      rules,
      sealing: new CertificateSealing(storage.certificates),
      scope: config.subscriptionScope,
    },
  });
  const presences = new GraphPresences(graph);
  const recurring: readonly RecurringTask[] = [
    // Not awaited: a long reading must not hold one of the queue's places.
    { name: "catch-up", schedule: catchUpSchedule, run: async () => keeper.start() },
    {
      name: "note-presence",
      schedule: presenceSchedule,
      run: () =>
        notePresence({ presences, connections, sightings: histories, access, clock }).catch(
          (error: unknown) => {
            log.warn("Who is in front of Teams could not be asked", {
              cause: error instanceof Error ? error.name : "unknown",
            });
          },
        ),
    },
  ];
  const resync: ResyncRequests = {
    async note(owner, sinceMs) {
      if (why !== undefined) return;
      await reading.note(owner, sinceMs);
      keeper.start();
    },
  };
  return {
    impossible: why,
    resync,
    recurring: why === undefined ? recurring : [],
    async start() {
      if (why === "switched-off") return access.applicationRefused("setting", why);
      // What was sent while nothing was to be received must not appear now.
      if (await access.applicationWorks("setting")) await histories.noteSwitchedOnForAll(clock.now());
      await resync.note(tenantOwner, clock.now());
    },
    async ask() {
      if (why !== undefined) return { kind: "impossible", why };
      await resync.note(tenantOwner, clock.now() - longestWindowMs);
      return { kind: "started", people: await connections.count() };
    },
    [Symbol.asyncDispose]() {
      stopping.abort();
      return keeper[Symbol.asyncDispose]();
    },
  };
}
