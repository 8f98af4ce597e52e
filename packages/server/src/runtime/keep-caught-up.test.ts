import { expect, test } from "bun:test";
import { migratedDatabase } from "../adapters/postgres/testing/database.ts";
import { exclusiveNode } from "../adapters/postgres/testing/inbox-node.ts";
import { catchUpIn, person } from "../application/catch-up/testing/catch-up-world.ts";
import { ManualTimers } from "../application/testing/time.ts";
import { defaultPreferences } from "../domain/reader-preferences.ts";
import { busyElsewhereMs, gatherMs, keepCaughtUp } from "./keep-caught-up.ts";

const [ann, ben] = [person("ann"), person("ben")];

class CatchUpTimers extends ManualTimers {
  #gathering = Promise.withResolvers<void>();
  override after(ms: number, work: () => void): Disposable {
    const timer = super.after(ms, work);
    if (ms === gatherMs) this.#gathering.resolve();
    return timer;
  }
  /** Resolves at the end of a round. */
  async gathering(): Promise<void> {
    await this.#gathering.promise;
    this.#gathering = Promise.withResolvers();
  }
}

/** A keeper whose readings a test can hold up, and wait for. */
async function keeping() {
  const fresh = await migratedDatabase();
  const run = catchUpIn({ people: [ann] });
  const timers = new CatchUpTimers();
  const read: string[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const hold = { until: Promise.resolve() };
  run.ports.preferences.of = async (userId) => {
    read.push(userId);
    for (const { count, resolve } of waiting) if (count <= read.length) resolve();
    await hold.until;
    return defaultPreferences;
  };
  const reading = (count: number) =>
    read.length >= count
      ? Promise.resolve()
      : new Promise<void>((resolve) => waiting.push({ count, resolve }));
  const [node, other] = [await exclusiveNode(fresh.database), await exclusiveNode(fresh.database)];
  const keeper = keepCaughtUp({ ports: run.ports, exclusively: node.exclusively, timers });
  return {
    ...run,
    timers,
    read,
    reading,
    hold,
    keeper,
    elsewhere: other.exclusively,
    async [Symbol.asyncDispose]() {
      await keeper[Symbol.asyncDispose]();
      await node[Symbol.asyncDispose]();
      await other[Symbol.asyncDispose]();
      await fresh[Symbol.asyncDispose]();
    },
  };
}

test("what is asked for during a round is done after it", async () => {
  await using kept = await keeping();
  const held = Promise.withResolvers<void>();
  kept.hold.until = held.promise;
  kept.keeper.start();
  await kept.reading(1);
  kept.keeper.start();
  // Noted after the round under way had looked for the last time.
  const [again] = catchUpIn({ people: [ben] }).due;
  const { due } = kept.ports.progress;
  let looks = 0;
  kept.ports.progress.due = async (...given) => {
    looks += 1;
    if (looks === 2 && again !== undefined) kept.due.push(again);
    return due(...given);
  };
  held.resolve();
  await kept.timers.gathering();
  kept.timers.advance(gatherMs);
  await kept.reading(2);
  expect(kept.read).toEqual([ann.userId, ben.userId]);
});

test("what is noted in the second after a round is read by one more round", async () => {
  await using kept = await keeping();
  const { due } = kept.ports.progress;
  let looks = 0;
  kept.ports.progress.due = async (...given) => {
    looks += 1;
    return due(...given);
  };
  kept.keeper.start();
  await kept.timers.gathering();
  const before = looks;
  for (const name of ["ben", "cleo", "dan"]) {
    kept.due.push(...catchUpIn({ people: [person(name)] }).due);
    kept.keeper.start();
  }
  kept.timers.advance(gatherMs - 1);
  expect([kept.read.length, looks]).toEqual([1, before]);
  kept.timers.advance(1);
  await kept.timers.gathering();
  // One that finds them, and one that finds nobody.
  expect([kept.read.length, looks]).toEqual([4, before + 2]);
});

test("while another node reads it waits, and looks again soon", async () => {
  await using kept = await keeping();
  const [entered, leave, tried] = [
    Promise.withResolvers<void>(),
    Promise.withResolvers<void>(),
    Promise.withResolvers<void>(),
  ];
  const elsewhere = kept.elsewhere("catch-up", async () => {
    entered.resolve();
    await leave.promise;
  });
  await entered.promise;
  const { after } = kept.timers;
  kept.timers.after = (...given) => {
    tried.resolve();
    return after.call(kept.timers, ...given);
  };
  kept.keeper.start();
  await tried.promise;
  expect(kept.read).toEqual([]);
  leave.resolve();
  await elsewhere;
  await kept.timers.gathering();
  kept.timers.advance(busyElsewhereMs);
  await kept.reading(1);
  await kept.timers.gathering();
  // The one that gathers.
  expect(kept.timers.pending).toBe(1);
});

test("disposed, it ends between two people and begins nothing more", async () => {
  await using kept = await keeping();
  kept.due.push(...catchUpIn({ people: Array.from({ length: 9 }, (_, number) => person(`p${number}`)) }).due);
  const held = Promise.withResolvers<void>();
  kept.hold.until = held.promise;
  kept.keeper.start();
  await kept.reading(4);
  const disposed = kept.keeper[Symbol.asyncDispose]();
  held.resolve();
  await disposed;
  kept.keeper.start();
  expect(kept.read).toHaveLength(4);
  expect(kept.timers.pending).toBe(0);
});

test("a failure is logged without its words and does not end the keeper", async () => {
  await using kept = await keeping();
  const { due } = kept.ports.progress;
  const failed = Promise.withResolvers<void>();
  const { warn } = kept.log;
  Object.assign(kept.log, {
    warn: (...given: Parameters<typeof warn>) => {
      warn(...given);
      failed.resolve();
    },
  });
  kept.ports.progress.due = async () => {
    throw new TypeError("secret words");
  };
  kept.keeper.start();
  await failed.promise;
  kept.ports.progress.due = due;
  kept.keeper.start();
  await kept.timers.gathering();
  kept.timers.advance(gatherMs);
  await kept.reading(1);
  expect(kept.log.lines.join()).toContain("TypeError");
  expect(kept.log.lines.join()).not.toContain("secret words");
});
