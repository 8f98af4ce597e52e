import type { Clock } from "../../../application/clock.ts";
import type { InboxTasks } from "../../../application/inbox/inbox.ts";
import { InboxWorker } from "../../../application/inbox/inbox-worker.ts";
import { laneShares, shareOf } from "../../../application/inbox/lane-share.ts";
import { systemTimers, type Timers } from "../../../application/timers.ts";
import { Database } from "../database.ts";
import { type Exclusively, exclusivelyOn } from "../exclusive-work.ts";
import { PostgresInbox } from "../inbox.ts";
import { PostgresLaneShares } from "../lane-shares.ts";
import { StandingSession } from "../standing-session.ts";
import { silentLog } from "./database.ts";

export const systemClock: Clock = { now: () => Date.now() };

/** Another node's locks are looked for forty times as often as in earnest. */
const quickTimers: Timers = { after: (ms, work) => systemTimers.after(ms / 40, work) };

/** An inbox on a database that is used for everything. */
export function inboxOn(database: Database, clock: Clock): PostgresInbox {
  return new PostgresInbox({ database, intake: database, lazy: database }, clock);
}

/** What a node that does nothing else uses for work that one node does at a time. */
export async function exclusiveNode(
  database: Database,
): Promise<{ readonly exclusively: Exclusively } & AsyncDisposable> {
  const session = new StandingSession({ database, timers: systemTimers, log: silentLog });
  await session.open();
  return { exclusively: exclusivelyOn(session), [Symbol.asyncDispose]: () => session[Symbol.asyncDispose]() };
}

/** One node of a cluster as far as its inbox goes. Disposed it has left the cluster. */
export interface InboxNode extends AsyncDisposable {
  readonly inbox: PostgresInbox;
  readonly session: StandingSession;
  readonly shares: PostgresLaneShares;
  readonly worker: InboxWorker<unknown>;
  /** How many of the shares it holds. */
  readonly held: number;
}

/** A node with connections of its own that works its lanes off with these tasks. */
export async function startNode(
  url: string,
  tasks: InboxTasks,
  clock: Clock = systemClock,
): Promise<InboxNode> {
  await using opening = new AsyncDisposableStack();
  const database = opening.use(new Database({ dataSource: url, log: silentLog }));
  const session = opening.use(new StandingSession({ database, timers: systemTimers, log: silentLog }));
  await session.open();
  const shares = opening.use(new PostgresLaneShares({ session, timers: quickTimers }));
  const inbox = inboxOn(database, clock);
  const parts = { store: inbox, shares, mayHold: () => true, clock, timers: systemTimers, log: silentLog };
  const worker = opening.use(new InboxWorker<unknown>(parts));
  await worker.start(tasks);
  const open = opening.move();
  return {
    inbox,
    session,
    shares,
    worker,
    get held() {
      return Array.from({ length: laneShares }, (_, share) => share).filter((share) => shares.holds(share))
        .length;
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** Names of lanes whose shares this node holds. */
export function lanesOf(node: InboxNode, count: number): readonly string[] {
  const lanes: string[] = [];
  for (let number = 0; lanes.length < count; number += 1) {
    const lane = `lane-${number}`;
    if (node.shares.holds(shareOf(lane))) lanes.push(lane);
  }
  return lanes;
}

/** Asks until it is so; the database is asked in between, so that everything else goes on. */
export async function until(
  database: Database,
  isSo: (database: Database) => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await isSo(database))) await database.query("SELECT 1");
}

/** Ends the standing session of a node, with all its locks, as if its host had died. */
export async function killSession(database: Database, node: Pick<InboxNode, "session">): Promise<void> {
  const [row] = await node.session.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  await database.query("SELECT pg_terminate_backend($1, 5000)", [row?.pid]);
}

/** Other connections to this database are ended. */
export async function cutConnections(database: Database): Promise<void> {
  await database.query(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
}
