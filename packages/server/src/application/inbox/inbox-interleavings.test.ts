import { expect, test } from "bun:test";
import fc from "fast-check";
import { mayOvertake } from "../copying/copy-entries.ts";
import { RecordedLog } from "../testing/observed.ts";
import { FixedClock, ManualTimers } from "../testing/time.ts";
import type { InboxTasks } from "./inbox.ts";
import { attemptsThatHoldOrder, InboxWorker, maxEntriesInMemory, sweepMs } from "./inbox-worker.ts";
import { shareOf } from "./lane-share.ts";
import { entryOf, settled } from "./testing/entries.ts";
import { MemoryInboxStore } from "./testing/memory-inbox-store.ts";
import { allShares, MemoryLaneShares } from "./testing/memory-lane-shares.ts";

const lanes = ["ann/one", "ann/two", "tenant/three", "copies/0"];

/** What becomes of one entry: so many failures, then its end, or that it is given up. */
interface Plan {
  readonly failures: number;
  readonly pauseMs: number;
  readonly isGivenUp: boolean;
}

type Command =
  | {
      readonly kind: "accept";
      readonly node: number;
      readonly isLate: boolean;
      readonly lane: string;
      readonly plans: readonly Plan[];
    }
  | { readonly kind: "burst"; readonly lane: string }
  | { readonly kind: "move"; readonly lane: string; readonly isAbrupt: boolean }
  | { readonly kind: "bounce"; readonly lane: string }
  | { readonly kind: "pass"; readonly ms: number }
  | { readonly kind: "repeat" }
  | { readonly kind: "steps"; readonly count: number };

const plan: fc.Arbitrary<Plan> = fc.record({
  failures: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat({ max: 8 })),
  pauseMs: fc.nat({ max: 400 }),
  isGivenUp: fc.boolean(),
});
const lane = fc.constantFrom(...lanes);
const steps = fc.record({ kind: fc.constant("steps" as const), count: fc.nat({ max: 12 }) });
const pass = fc.record({ kind: fc.constant("pass" as const), ms: fc.nat({ max: 700 }) });
const arrivals = fc.record({
  kind: fc.constant("accept" as const),
  node: fc.nat({ max: 1 }),
  isLate: fc.boolean(),
  lane,
  plans: fc.array(plan, { minLength: 1, maxLength: 3 }),
});
const others = [
  { weight: 1, arbitrary: fc.constant({ kind: "repeat" as const }) },
  { weight: 6, arbitrary: steps },
  { weight: 2, arbitrary: pass },
];
const burst = { weight: 1, arbitrary: fc.record({ kind: fc.constant("burst" as const), lane }) };
const bounce = { weight: 1, arbitrary: fc.record({ kind: fc.constant("bounce" as const), lane }) };
const move = (isAbrupt: fc.Arbitrary<boolean>) => ({
  weight: 2,
  arbitrary: fc.record({ kind: fc.constant("move" as const), lane, isAbrupt }),
});
const arrive = { weight: 5, arbitrary: arrivals };

/** A pause of everything around the workers, ended in whatever order. */
interface Step {
  go(): void;
  fail(): void;
  readonly mayFail: boolean;
  /** Others go first, most of the time. */
  readonly isSlow: boolean;
}

interface How {
  readonly nodes: number;
  /** How often a call to the database fails. */
  readonly errorRate: number;
  /** The nodes do not know of each other yet, or any more. */
  readonly areUnaware?: boolean;
}

class Simulation {
  readonly clock = new FixedClock();
  readonly timers = new ManualTimers();
  readonly store = new MemoryInboxStore(this.clock);
  readonly faults: string[] = [];
  readonly untouched = new Set<string>();
  readonly #startMs = this.clock.now();
  readonly #steps: Step[] = [];
  readonly #nodes: readonly { readonly shares: MemoryLaneShares; readonly worker: InboxWorker<string> }[];
  readonly #plans = new Map<string, Plan & { failed: number }>();
  readonly #inHand = new Map<string, string>();
  /** Entries of a lane whose acceptance by one node was answered, in this order. */
  readonly #answered: { readonly node: number; readonly lane: string; readonly key: string }[] = [];
  /** What was answered before an entry was offered, as far as that must be worked off before. */
  readonly #before = new Map<string, readonly string[]>();
  readonly #done = new Set<string>();
  #again: (() => void)[] = [];
  #moving = new Set<number>();
  #isAbrupt = false;
  #names = 0;
  #random: number;
  readonly #errorRate: number;
  isHeld = true;

  constructor(seed: number, { nodes, errorRate, areUnaware = false }: How) {
    this.#random = seed;
    this.#errorRate = errorRate;
    this.#nodes = Array.from({ length: nodes }, (_, node) => {
      const shares = new MemoryLaneShares(node === 0 ? allShares : []);
      shares.isAlone = nodes === 1 || areUnaware;
      const parts = {
        store: this.store,
        shares,
        mayHold: () => true,
        clock: this.clock,
        timers: this.timers,
        log: new RecordedLog(),
      };
      return { shares, worker: new InboxWorker<string>(parts) };
    });
    this.store.gate = () => (this.isHeld ? this.#step(true) : undefined);
    this.store.heard = (told) => {
      for (const { shares } of this.#nodes) void this.#step(false).then(() => shares.tell(told));
    };
  }

  async start(): Promise<void> {
    for (const { worker } of this.#nodes) await worker.start(this.#tasks);
  }

  async run(command: Command): Promise<void> {
    switch (command.kind) {
      case "accept":
        this.#accept(command);
        break;
      case "burst":
        this.#accept({ ...command, node: 0, isLate: false, plans: Array(60).fill(quick) });
        break;
      case "move":
        void this.#move(shareOf(command.lane), command.isAbrupt);
        break;
      case "bounce":
        void this.#bounce(shareOf(command.lane));
        break;
      case "pass":
        this.#pass(command.ms);
        break;
      case "repeat":
        this.#repeat();
        break;
      case "steps":
        for (let count = 0; count < command.count; count += 1) await this.#takeStep(this.#errorRate);
    }
    await settled();
  }

  /** Until nothing waits, with a database that answers; long before a sweep. */
  async finish(): Promise<void> {
    while (this.clock.now() - this.#startMs < sweepMs / 2) {
      while (this.#steps.length > 0) await this.#takeStep(0);
      if (this.store.rows.size === 0 && this.#again.length === 0) return;
      this.#repeat();
      await settled();
      if (this.#steps.length === 0) this.#pass(250);
      await settled();
    }
    this.faults.push(`left: ${[...this.store.rows.values()].map(({ work }) => work.dedupeKey).join()}`);
  }

  /** How many of very many entries are worked on from memory: as many as there is room for, if it was counted right. */
  async fill(): Promise<number> {
    // A listing that failed is tried once more.
    this.#pass(2_000);
    await settled();
    while (this.#steps.length > 0) await this.#takeStep(0);
    this.isHeld = false;
    const many = Array.from({ length: maxEntriesInMemory + 200 }, (_, index) =>
      entryOf(`fill/${index % 40}`, index),
    );
    for (const { dedupeKey } of many) this.#plans.set(dedupeKey, { ...quick, failed: 0 });
    const before = this.untouched.size;
    const accepted = this.#nodes[0]?.worker.accept(many);
    await settled();
    while (this.#steps.length > 0) await this.#takeStep(0);
    await accepted;
    return this.untouched.size - before;
  }

  get ends(): { readonly stored: number; readonly ended: number; readonly distinct: number } {
    const { ended } = this.store;
    return { stored: this.#names, ended: ended.length, distinct: new Set(ended).size };
  }

  readonly #tasks: InboxTasks<string> = {
    process: async (work) => {
      const key = work.dedupeKey;
      const planned = this.#plans.get(key);
      if (planned === undefined) throw new Error("An unknown entry was worked on.");
      this.#begin(key, work.id, work.lane);
      if (work.isUntouched) {
        this.untouched.add(key);
        if (work.opened !== `opened ${key}`) this.faults.push(`${key} was opened in vain`);
      }
      try {
        await this.#step(false);
        if (planned.failed >= planned.failures && !planned.isGivenUp) return this.#succeed(key);
        throw new Error("failed");
      } finally {
        this.#inHand.delete(key);
      }
    },
    decideRetry: (_, { dedupeKey }) => {
      const planned = this.#plans.get(dedupeKey);
      if (planned === undefined || planned.failed >= planned.failures)
        return { kind: "dead", reason: "planned" };
      planned.failed += 1;
      return { kind: "retry", atMs: this.clock.now() + planned.pauseMs, code: "planned" };
    },
    bury: async ({ dedupeKey }) => this.#succeed(dedupeKey),
  };

  #begin(key: string, id: number, lane: string): void {
    if (!this.#isAbrupt) {
      if (this.store.ended.includes(id)) this.faults.push(`${key} was worked on after its end`);
      if (this.#inHand.has(key)) this.faults.push(`${key} was worked on twice at once`);
      if ([...this.#inHand.values()].includes(lane)) this.faults.push(`${lane} had two turns at once`);
      const early = (this.#before.get(key) ?? []).filter(
        (other) => !this.#done.has(other) && this.#holdsUp(other),
      );
      if (!mayOvertake(lane) && early.length > 0) this.faults.push(`${key} came before ${early.join()}`);
    }
    this.#inHand.set(key, lane);
  }

  /** By what the store knows: a failure whose record got lost counts for nothing. */
  #holdsUp(key: string): boolean {
    const row = [...this.store.rows.values()].find(({ work }) => work.dedupeKey === key);
    return row !== undefined && row.attempts < attemptsThatHoldOrder;
  }

  #succeed(key: string): void {
    this.#done.add(key);
  }

  #accept({ node, isLate, lane, plans }: Omit<Extract<Command, { kind: "accept" }>, "kind">): void {
    const at = node % this.#nodes.length;
    const entries = plans.map((planned) => {
      this.#names += 1;
      const entry = entryOf(lane, String(this.#names).padStart(5, "0"));
      this.#plans.set(entry.dedupeKey, { ...planned, failed: 0 });
      const before = this.#answered.filter((each) => each.node === at && each.lane === lane);
      this.#before.set(
        entry.dedupeKey,
        before.map(({ key }) => key),
      );
      return entry;
    });
    const offer = () => {
      const worker = this.#nodes[at]?.worker;
      const accepted = isLate ? worker?.acceptLate(entries) : worker?.accept(entries);
      accepted?.then(
        () => this.#answered.push(...entries.map(({ dedupeKey }) => ({ node: at, lane, key: dedupeKey }))),
        () => this.#again.push(offer),
      );
    };
    offer();
  }

  /** As Graph does with what was not acknowledged. */
  #repeat(): void {
    const again = this.#again;
    this.#again = [];
    for (const offer of again) offer();
  }

  async #move(share: number, isAbrupt: boolean): Promise<void> {
    const [from, to] = this.#nodes.toSorted(({ shares }) => (shares.holds(share) ? -1 : 1));
    if (from === undefined || to === undefined || this.#moving.has(share)) return;
    this.#moving.add(share);
    const lost = from.shares.lose(share);
    if (isAbrupt) this.#isAbrupt = true;
    else await lost;
    await this.#step(false);
    to.shares.gain(share);
    // Whoever lost it takes it again only when nothing of it is in hand any more.
    await lost;
    this.#moving.delete(share);
  }

  /** A session that broke and came again. */
  async #bounce(share: number): Promise<void> {
    const holder = this.#nodes.find(({ shares }) => shares.holds(share));
    if (holder === undefined || this.#moving.has(share)) return;
    this.#moving.add(share);
    await holder.shares.lose(share);
    await this.#step(false);
    holder.shares.gain(share);
    this.#moving.delete(share);
  }

  #pass(ms: number): void {
    this.clock.nowMs += ms;
    this.timers.advance(ms);
  }

  #step(mayFail: boolean): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#steps.push({
      go: resolve,
      fail: () => reject(new Error("database away")),
      mayFail,
      isSlow: this.#draw() < 0.15,
    });
    return promise;
  }

  async #takeStep(errorRate: number): Promise<void> {
    const quick = this.#draw() < 0.1 ? [] : this.#steps.filter(({ isSlow }) => !isSlow);
    const among = quick.length > 0 ? quick : this.#steps;
    const step = among[Math.floor(this.#draw() * among.length)];
    if (step !== undefined) this.#steps.splice(this.#steps.indexOf(step), 1);
    const fails = step?.mayFail === true && this.#draw() < errorRate;
    if (fails) step.fail();
    else step?.go();
    await settled();
  }

  /** A small generator, so that a run is the same each time. */
  #draw(): number {
    this.#random = (Math.imul(this.#random, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#random / 2 ** 32;
  }
}

const quick: Plan = { failures: 0, pauseMs: 0, isGivenUp: false };

async function check(
  seed: number,
  commands: readonly Command[],
  how: How & { readonly isAbrupt?: boolean },
): Promise<void> {
  const simulation = new Simulation(seed, how);
  await simulation.start();
  for (const command of commands) await simulation.run(command);
  await simulation.finish();
  expect(simulation.faults).toEqual([]);
  const { stored, ended, distinct } = simulation.ends;
  expect(distinct).toBe(stored);
  if (how.isAbrupt !== true) expect(ended).toBe(stored);
  if (how.nodes === 1) expect(await simulation.fill()).toBe(maxEntriesInMemory);
}

const seed = fc.nat();
const runs = { numRuns: 60 };
const runsOfTwo = { numRuns: 300 };
const commandsOf = (
  ...each: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<Command> }[]
) => fc.array(fc.oneof(...each), { maxLength: 40, size: "max" });

test("a node alone ends every entry once and in order, whatever fails", async () => {
  const commands = commandsOf(arrive, burst, bounce, ...others);
  await fc.assert(
    fc.asyncProperty(seed, commands, fc.constantFrom(0, 0.1, 0.4), (random, all, errorRate) =>
      check(random, all, { nodes: 1, errorRate }),
    ),
    runs,
  );
}, 60_000);

test("two nodes that hand lanes to each other end every entry once and in order, whatever fails", async () => {
  const commands = commandsOf(arrive, burst, bounce, move(fc.constant(false)), ...others);
  await fc.assert(
    fc.asyncProperty(
      seed,
      commands,
      fc.constantFrom(0, 0.1, 0.4),
      fc.boolean(),
      (random, all, errorRate, areUnaware) => check(random, all, { nodes: 2, errorRate, areUnaware }),
    ),
    runsOfTwo,
  );
}, 60_000);

test("a node that lost its lanes to another without a word leaves nothing behind", async () => {
  const commands = commandsOf(arrive, move(fc.boolean()), ...others);
  await fc.assert(
    fc.asyncProperty(seed, commands, fc.constantFrom(0, 0.2), (random, all, errorRate) =>
      check(random, all, { nodes: 2, errorRate, isAbrupt: true }),
    ),
    runsOfTwo,
  );
}, 60_000);
