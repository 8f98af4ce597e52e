import type { Connection } from "../../../domain/connection.ts";
import { chatMessageJson } from "../../../domain/testing/chat-messages.ts";
import { Access } from "../../access/access.ts";
import type { GraphError } from "../../graph/graph-error.ts";
import type { InboxEntry } from "../../inbox/inbox.ts";
import { chatMessageRules } from "../../notifications/chat-message-rules.ts";
import type { SubscriptionScope } from "../../subscriptions/wanted-subscriptions.ts";
import { MemoryAccessProblems } from "../../testing/memory-access.ts";
import { MemoryConnections } from "../../testing/memory-connections.ts";
import { MemoryPosts } from "../../testing/memory-posts.ts";
import { MemoryPreferences } from "../../testing/memory-preferences.ts";
import { CountedMetrics, RecordedLog } from "../../testing/observed.ts";
import { FixedClock } from "../../testing/time.ts";
import type { CatchUpPorts } from "../catch-up.ts";
import type { DueReader, MayBeKnown, TimeWindow } from "../catch-up-ports.ts";

export const minuteMs = 60_000;
export const nowMs = new FixedClock().now();

export function person(name: string, connectedAtMs = nowMs - 48 * 60 * minuteMs): Connection {
  return {
    userId: name.padEnd(26, "0"),
    tenantId: "tenant-id",
    teamsUserId: `teams-${name}`,
    teamsAccount: `${name}@example.com`,
    connectedAtMs,
  };
}

/** A message sent some minutes ago; `change` replaces single fields of Graph's JSON. */
export function sent(minutesAgo: number, change: Readonly<Record<string, unknown>> = {}) {
  const atMs = nowMs - minutesAgo * minuteMs;
  const at = new Date(atMs).toISOString();
  const id = String(Math.round(atMs));
  return chatMessageJson({ id, createdDateTime: at, lastModifiedDateTime: at, ...change });
}

export interface CatchUpWorld {
  readonly people: readonly Connection[];
  /** By Teams id. */
  readonly messages?: Readonly<Record<string, readonly Record<string, unknown>[]>>;
  /** By Teams id. */
  readonly refusals?: Record<string, GraphError>;
  readonly scope?: SubscriptionScope;
  readonly off?: readonly string[];
  readonly knownKeys?: readonly string[];
  /** Messages on a page; Graph's own 50 unless given. */
  readonly pageLength?: number;
}

export type RunningCatchUp = ReturnType<typeof catchUpIn>;

/** Everything around catching up, on memory. */
export function catchUpIn(world: CatchUpWorld) {
  const clock = new FixedClock();
  const log = new RecordedLog();
  const metrics = new CountedMetrics();
  const posts = new MemoryPosts();
  const problems = new MemoryAccessProblems();
  const read: { readonly teamsUserId: string; readonly window: TimeWindow }[] = [];
  const entries: InboxEntry[] = [];
  const asked: (readonly MayBeKnown[])[] = [];
  const statements: number[] = [];
  const progressed: (readonly [userId: string, toMs: number, endMs: number])[] = [];
  const acts = new Map<string, ReadonlyMap<string, number>>();
  const switches: (readonly [userId: string, isOn: boolean, atMs: number])[] = [];
  const due: DueReader[] = world.people.map((connection) => ({
    connection,
    readUntilMs: clock.now() - 60 * minuteMs,
    wantedSinceMs: undefined,
    notificationsOnSinceMs: undefined,
    wishes: 0,
  }));
  const postponed: (readonly [userId: string, untilMs: number])[] = [];
  const remove = (userId: string) => {
    const index = due.findIndex(({ connection }) => connection.userId === userId);
    if (index >= 0) due.splice(index, 1);
  };
  const room = { isThere: true };
  const stopping = new AbortController();
  const refusals = world.refusals ?? {};
  const ports: CatchUpPorts = {
    history: {
      async *pages(teamsUserId, window) {
        read.push({ teamsUserId, window });
        const refusal = refusals[teamsUserId];
        if (refusal !== undefined) throw refusal;
        const within = (world.messages?.[teamsUserId] ?? []).filter((message) => {
          const at = Date.parse(String(message.lastModifiedDateTime));
          return at >= window.fromMs && at < window.untilMs;
        });
        const length = world.pageLength ?? 50;
        for (let start = 0; start < within.length; start += length) yield within.slice(start, start + length);
      },
    },
    progress: {
      due: async (_nowMs, _everyMs, limit) => due.slice(0, limit),
      async advance({ connection: { userId } }, toMs, endMs) {
        progressed.push([userId, toMs, endMs]);
        if (toMs === endMs) remove(userId);
      },
      async postpone({ connection: { userId } }, untilMs) {
        postponed.push([userId, untilMs]);
        remove(userId);
      },
    },
    sightings: {
      notePresent: async () => undefined,
      async noteActs(userId, lastActs) {
        acts.set(userId, lastActs);
      },
    },
    switches: {
      async noteSwitch(userId, isOn, atMs) {
        switches.push([userId, isOn, atMs]);
      },
    },
    preferences: new MemoryPreferences(world.off),
    inbox: {
      async unknown(candidates) {
        asked.push(candidates);
        const keys = candidates.map(({ dedupeKey }) => dedupeKey);
        const known = new Set([...(world.knownKeys ?? []), ...entries.map(({ dedupeKey }) => dedupeKey)]);
        return new Set(keys.filter((key) => !known.has(key)));
      },
      async acceptLate(late) {
        statements.push(late.length);
        entries.push(...late);
        return late.length;
      },
    },
    sealing: {
      seal: async (json) => ({
        data: JSON.stringify(json),
        dataSignature: "s",
        dataKey: "k",
        encryptionCertificateId: "c",
      }),
    },
    rules: chatMessageRules({ render: () => ({ message: "" }), renderThread: () => "" }),
    scope: world.scope ?? "users",
    room: { hasRoomForLate: async () => room.isThere },
    stopping: stopping.signal,
    access: new Access({ problems, posts, clock, log }),
    connections: new MemoryConnections(...world.people),
    clock,
    log,
    metrics,
  };
  return {
    ports,
    clock,
    log,
    metrics,
    posts,
    problems,
    read,
    entries,
    asked,
    statements,
    progressed,
    acts,
    switches,
    due,
    postponed,
    room,
    stopping,
    refusals,
  };
}
