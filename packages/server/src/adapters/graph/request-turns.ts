import type { Clock } from "../../application/clock.ts";
import { GraphError } from "../../application/graph/graph-error.ts";
import type { RequestTurn } from "../../application/graph/request-turn.ts";
import { type GraphPauses, type GraphQuota, LocalPauses } from "../../application/graph-pauses.ts";
import { systemTimers, type Timers } from "../../application/timers.ts";
import { waitMs } from "./request-pace.ts";
import { type Allowance, allowances } from "./request-quota.ts";

export interface RequestTurnsParts {
  readonly clock: Clock;
  readonly timers?: Timers;
  /** Of this process alone unless given. */
  readonly pauses?: GraphPauses;
  /** Milliseconds since any moment, by a clock that is never set. */
  readonly elapsedMs?: () => number;
}

/** How long a request waits altogether before its caller is told to come again. */
const patienceMs: Readonly<Record<RequestTurn["kind"] | "none", number>> = {
  none: 0,
  /** A page that a browser waits for; Graph's own answer comes on top. */
  person: 10_000,
  /**
   * Enough for as many renewals as an organisation has subscriptions, and for Graph's pauses, which are minutes at most (facts,
   * section 7). Beyond, the schedule comes back to it, and Graph asks again.
   */
  background: 15 * 60_000,
};

/** One request's wait, over all its attempts. */
export interface Waiting {
  readonly turn: RequestTurn | undefined;
  readonly untilMs: number;
}

/**
 * Turns for requests to Graph: none while Graph wants a pause, none that its table does not allow, and people who wait before
 * the background. One for the process, as Graph counts an application's requests together. Whatever is not given a turn in
 * its time is a {@link GraphError} `throttled`, as if Graph had said so.
 */
export class RequestTurns {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #pauses: GraphPauses;
  readonly #elapsedMs: () => number;
  readonly #queues = new Map<GraphQuota, TurnQueue>();

  constructor(parts: RequestTurnsParts) {
    this.#clock = parts.clock;
    this.#timers = parts.timers ?? systemTimers;
    this.#pauses = parts.pauses ?? new LocalPauses();
    this.#elapsedMs = parts.elapsedMs ?? (() => performance.now());
  }

  /** Begins the wait of a request; without `turn` it is sent now or not at all. */
  begin(turn: RequestTurn | undefined): Waiting {
    return { turn, untilMs: this.#elapsedMs() + patienceMs[turn?.kind ?? "none"] };
  }

  /** Resolves when the request may be sent. To be disposed when it was answered. */
  async next(quota: GraphQuota, waiting: Waiting): Promise<Disposable> {
    for (;;) {
      await this.#pauseOver(quota, waiting);
      const turn = await this.#queueOf(quota)?.next(waiting);
      if (turn === undefined) return { [Symbol.dispose]() {} };
      // Another request may have been told to pause meanwhile.
      if ((await this.#pauseMs(quota)) <= 0) return turn;
      turn.giveBack();
    }
  }

  /** Graph refused a request as one too many. Resolves to whether it may be tried again within its wait. */
  async refused(quota: GraphQuota, waiting: Waiting, pauseMs: number): Promise<boolean> {
    await this.#pauses.pause(quota, this.#clock.now() + pauseMs);
    return this.#hasPatience(waiting, pauseMs);
  }

  async #pauseOver(quota: GraphQuota, waiting: Waiting): Promise<void> {
    for (let leftMs = await this.#pauseMs(quota); leftMs > 0; leftMs = await this.#pauseMs(quota)) {
      if (!this.#hasPatience(waiting, leftMs)) throw comeAgain(leftMs);
      const over = Promise.withResolvers<void>();
      using _timer = this.#timers.after(leftMs, over.resolve);
      using _stop = onAbort(stoppingOf(waiting), () => over.reject(comeAgain(leftMs)));
      await over.promise;
    }
  }

  async #pauseMs(quota: GraphQuota): Promise<number> {
    return (await this.#pauses.until(quota)) - this.#clock.now();
  }

  #hasPatience({ turn, untilMs }: Waiting, forMs: number): boolean {
    return (
      turn !== undefined && this.#elapsedMs() + forMs <= untilMs && stoppingOf({ turn })?.aborted !== true
    );
  }

  #queueOf(quota: GraphQuota): TurnQueue | undefined {
    const known = this.#queues.get(quota);
    const allowance = allowances[quota];
    if (known !== undefined || allowance === undefined) return known;
    const queue = new TurnQueue(allowance, this.#timers, this.#elapsedMs);
    this.#queues.set(quota, queue);
    return queue;
  }
}

/** `giveBack` instead of disposing when nothing was sent. */
interface Turn extends Disposable {
  giveBack(): void;
}

interface Waiter {
  readonly kind: RequestTurn["kind"];
  readonly begin: (turn: Turn) => void;
}

/** The requests of one kind: those under way, those answered lately and those that wait. */
class TurnQueue {
  readonly #allowance: Allowance;
  readonly #timers: Timers;
  readonly #elapsedMs: () => number;
  readonly #waiters = { person: new Set<Waiter>(), background: new Set<Waiter>() };
  readonly #answeredAtMs: number[] = [];
  #underWay = 0;
  #backgroundAtMs: number | undefined;
  #timer: Disposable | undefined;

  constructor(allowance: Allowance, timers: Timers, elapsedMs: () => number) {
    this.#allowance = allowance;
    this.#timers = timers;
    this.#elapsedMs = elapsedMs;
  }

  async next(waiting: Waiting): Promise<Turn> {
    const stopping = stoppingOf(waiting);
    const turn = Promise.withResolvers<Turn>();
    const kind = waiting.turn?.kind ?? "person";
    const waiter: Waiter = { kind, begin: turn.resolve };
    const giveUp = () => {
      this.#waiters[kind].delete(waiter);
      turn.reject(comeAgain(this.#waitMs(kind) ?? this.#allowance.windowMs));
      // Somebody may have waited behind.
      this.#admit();
    };
    this.#waiters[kind].add(waiter);
    this.#admit();
    if (!this.#waiters[kind].has(waiter)) return turn.promise;
    const leftMs = waiting.untilMs - this.#elapsedMs();
    if (leftMs <= 0 || stopping?.aborted === true) giveUp();
    using _timer = this.#timers.after(Math.max(0, leftMs), giveUp);
    using _stop = onAbort(stopping, giveUp);
    return await turn.promise;
  }

  /** Lets in whoever may be sent now, and comes back when the next may. */
  #admit(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    for (;;) {
      const [waiter] = this.#waiters.person.size > 0 ? this.#waiters.person : this.#waiters.background;
      if (waiter === undefined) return;
      const forMs = this.#waitMs(waiter.kind);
      // An answer admits the next by itself.
      if (forMs === undefined) return;
      if (forMs > 0) {
        this.#timer = this.#timers.after(Math.ceil(forMs), () => this.#admit());
        return;
      }
      this.#waiters[waiter.kind].delete(waiter);
      waiter.begin(this.#begin(waiter.kind));
    }
  }

  #begin(kind: RequestTurn["kind"]): Turn {
    this.#underWay += 1;
    if (kind === "background") this.#backgroundAtMs = this.#elapsedMs();
    const end = () => {
      this.#underWay -= 1;
      this.#admit();
    };
    return {
      giveBack: end,
      [Symbol.dispose]: () => {
        this.#answeredAtMs.push(this.#elapsedMs());
        end();
      },
    };
  }

  #waitMs(kind: RequestTurn["kind"]): number | undefined {
    const nowMs = this.#elapsedMs();
    const { windowMs } = this.#allowance;
    while ((this.#answeredAtMs[0] ?? nowMs) + windowMs <= nowMs) this.#answeredAtMs.shift();
    const usage = {
      underWay: this.#underWay,
      answeredAtMs: this.#answeredAtMs,
      backgroundAtMs: this.#backgroundAtMs,
    };
    return waitMs(usage, this.#allowance, kind, nowMs);
  }
}

function comeAgain(inMs: number): GraphError {
  return new GraphError("throttled", "Microsoft Graph takes no more requests of this kind for a moment.", {
    retryAfterMs: inMs,
  });
}

function stoppingOf({ turn }: Pick<Waiting, "turn">): AbortSignal | undefined {
  return turn?.kind === "background" ? turn.stopping : undefined;
}

function onAbort(signal: AbortSignal | undefined, act: () => void): Disposable {
  signal?.addEventListener("abort", act, { once: true });
  return { [Symbol.dispose]: () => signal?.removeEventListener("abort", act) };
}
