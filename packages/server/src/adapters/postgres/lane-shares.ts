import { laneShares } from "../../application/inbox/lane-share.ts";
import type { LaneShares, ShareFollower } from "../../application/inbox/lane-shares.ts";
import type { Timers } from "../../application/timers.ts";
import { signal, signalChannel } from "./signals.ts";
import type { StandingSession } from "./standing-session.ts";

/** Tells our two-part advisory locks from those of others in Mattermost's database; any constant will do. */
const lockClass = 0x6d_73_74_65;
/** The lock that every node has, so that they can be counted; shares have those below. */
const nodeLock = laneShares;
/** In a cluster, or with shares that somebody gone still has: how soon a dead node's lanes go on. */
const lookOftenMs = 2_000;
/** Alone: only so that a session is noticed that broke without a word. Who comes announces itself. */
const lookSeldomMs = 30_000;

const countNodes = `SELECT count(*) AS nodes FROM pg_locks WHERE locktype = 'advisory' AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND classid = ${lockClass} AND objid = ${nodeLock} AND objsubid = 2`;

export interface LaneSharesParts {
  readonly session: StandingSession;
  readonly timers: Timers;
}

/**
 * Shares of lanes, each the session lock of the node that works on it. All nodes take as many as are due to each, and give
 * away what is more; a dead node's are free at once.
 */
export class PostgresLaneShares implements LaneShares, AsyncDisposable {
  readonly #parts: LaneSharesParts;
  readonly #held = new Set<number>();
  #nodes = 1;
  /** Counts what was heard of nodes that come and go; `#counted` is what was heard when nodes were last counted. */
  #news = 0;
  #counted: number | undefined;
  #follower: ShareFollower | undefined;
  /** Counts sessions: what one was about to do is not to be done with another's locks. */
  #session = 0;
  #isPresent = false;
  #round: Promise<void> | undefined;
  #isAsked = false;
  #parting: Promise<void> = Promise.resolve();
  #next: Disposable | undefined;
  #isEnding = false;

  constructor(parts: LaneSharesParts) {
    this.#parts = parts;
  }

  /** Not before nodes are counted again after one came: it stores from then on, and this node must look for that. */
  get isAlone(): boolean {
    return this.#nodes === 1 && this.#counted === this.#news;
  }

  holds(share: number): boolean {
    return this.#held.has(share);
  }

  async follow(follower: ShareFollower): Promise<void> {
    const { session } = this.#parts;
    this.#follower = follower;
    session.on("shares", () => {
      this.#news += 1;
      void this.#look();
    });
    session.on("lanes", (told) => follower.arrived({ lanes: lanesOf(told), isLate: false }));
    session.on("late-lanes", (told) => follower.arrived({ lanes: lanesOf(told), isLate: true }));
    session.follow({ opened: () => void this.#look(), closed: () => this.#lose() });
    await this.#look();
  }

  /** Everything is given away; whoever follows has nothing in hand any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isEnding = true;
    this.#next?.[Symbol.dispose]();
    await this.#round;
    await this.#parting;
    const { session } = this.#parts;
    this.#held.clear();
    if (!session.isOpen) return;
    await session
      .query("SELECT pg_advisory_unlock_all(), pg_notify($1, $2)", [signalChannel, signal("shares")])
      .catch(() => undefined);
  }

  /** However often it is asked for meanwhile, one more round follows. Never rejects. */
  #look(): Promise<void> {
    this.#isAsked = true;
    this.#round ??= this.#rounds().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  async #rounds(): Promise<void> {
    while (this.#isAsked && !this.#isEnding) {
      this.#isAsked = false;
      this.#next?.[Symbol.dispose]();
      // A session that broke is opened again, and asks for a round itself.
      await this.#shareOut().catch(() => undefined);
      const isSettled = this.isAlone && this.#held.size === laneShares;
      if (!this.#isEnding) {
        const inMs = isSettled ? lookSeldomMs : lookOftenMs;
        this.#next = this.#parts.timers.after(inMs, () => void this.#look());
      }
    }
  }

  async #shareOut(): Promise<void> {
    const { session } = this.#parts;
    if (!session.isOpen) return;
    await this.#parting;
    const ofSession = this.#session;
    if (!this.#isPresent) {
      await session.query("SELECT pg_advisory_lock_shared($1, $2)", [lockClass, nodeLock]);
      if (ofSession !== this.#session) return;
      this.#isPresent = true;
      await this.#announce();
    }
    const news = this.#news;
    const [counted] = await session.query<{ nodes: number }>(countNodes);
    if (ofSession !== this.#session) return;
    this.#nodes = Math.max(1, counted?.nodes ?? 1);
    this.#counted = news;
    const due = Math.ceil(laneShares / this.#nodes);
    if (this.#held.size > due) await this.#giveAway([...this.#held].slice(due));
    else if (this.#held.size < due) await this.#take(due - this.#held.size, ofSession);
  }

  async #giveAway(shares: readonly number[]): Promise<void> {
    for (const share of shares) this.#held.delete(share);
    await this.#follower?.lost(shares);
    await this.#parts.session.query(
      "SELECT pg_advisory_unlock($1, share) FROM unnest($2::integer[]) AS share",
      [lockClass, shares],
    );
    await this.#announce();
  }

  async #take(count: number, ofSession: number): Promise<void> {
    const missing = Array.from({ length: laneShares }, (_, share) => share).filter(
      (share) => !this.#held.has(share),
    );
    // One lock after another until there are enough: a lock that is had twice would have to be given away twice.
    const taken = await this.#parts.session.query<{ share: number }>(
      "SELECT share FROM unnest($2::integer[]) AS share WHERE pg_try_advisory_lock($1, share) LIMIT $3",
      [lockClass, missing, count],
    );
    if (ofSession !== this.#session || taken.length === 0) return;
    const shares = taken.map(({ share }) => share);
    for (const share of shares) this.#held.add(share);
    this.#follower?.gained(shares);
  }

  #announce(): Promise<unknown> {
    return this.#parts.session.query("SELECT pg_notify($1, $2)", [signalChannel, signal("shares")]);
  }

  /** PostgreSQL has dropped the locks with the session, or will. */
  #lose(): void {
    this.#session += 1;
    this.#isPresent = false;
    // Who comes is not heard of until there is another session.
    this.#counted = undefined;
    const shares = [...this.#held];
    this.#held.clear();
    const lost = this.#follower?.lost(shares) ?? Promise.resolve();
    this.#parting = Promise.all([this.#parting, lost]).then(() => undefined);
  }
}

/** What a newer version of another node may tell otherwise is as good as nothing: the sweep finds its work. */
function lanesOf(told: string): readonly string[] {
  try {
    const lanes: unknown = JSON.parse(told);
    return Array.isArray(lanes) ? lanes.filter((lane) => typeof lane === "string") : [];
  } catch {
    return [];
  }
}
