import { expect, test } from "bun:test";
import type { Api } from "@msteams-notifications/plugin-sdk";
import { RecordedLog } from "../application/testing/observed.ts";
import { CountingRandomness } from "../application/testing/randomness.ts";
import type { Timers } from "../application/timers.ts";
import { Runtime } from "./runtime.ts";
import { SetupFailure } from "./setup-failure.ts";

/** Timers that ring when told to, and tell when the next one is set. */
class ToldTimers implements Timers {
  readonly pausesMs: number[] = [];
  readonly #works = new Set<() => void>();
  #set = Promise.withResolvers<void>();

  get pending(): number {
    return this.#works.size;
  }

  after(ms: number, work: () => void): Disposable {
    this.pausesMs.push(ms);
    this.#works.add(work);
    this.#set.resolve();
    this.#set = Promise.withResolvers<void>();
    return { [Symbol.dispose]: () => void this.#works.delete(work) };
  }

  /** Rings all; resolves when the next is set. */
  async ring(): Promise<void> {
    const { promise } = this.#set;
    for (const work of [...this.#works]) {
      this.#works.delete(work);
      work();
    }
    await promise;
  }
}

const configuration: Pick<Api, "configuration">["configuration"] = {
  load: () => Promise.reject(new Error("not reached")),
  get: () => Promise.reject(new Error("not reached")),
  getUnsanitized: () => Promise.reject(new Error("not reached")),
  getPlugin: () => Promise.reject(new Error("not reached")),
  savePlugin: () => Promise.reject(new Error("not reached")),
};

function failing() {
  const [timers, log] = [new ToldTimers(), new RecordedLog()];
  const problem = { what: "The bot is missing.", doThis: "Wait." };
  const looks: (typeof problem)[] = [];
  const runtime = new Runtime({
    api: { configuration },
    base: { timers, log, randomness: new CountingRandomness() },
    surroundings: async () => {
      looks.push(problem);
      throw new SetupFailure([{ ...problem }]);
    },
  });
  return { runtime, timers, log, problem, looks };
}

test("What is missing is looked for again, ever more rarely, and logged once", async () => {
  const { runtime, timers, log, problem } = failing();
  expect(runtime.setup()).toMatchObject({
    kind: "not-ready",
    problems: [{ what: "The plugin is starting." }],
  });
  await runtime.refresh();
  for (let attempt = 0; attempt < 6; attempt += 1) await timers.ring();
  expect(timers.pausesMs).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  expect(runtime.setup()).toEqual({ kind: "not-ready", problems: [problem] });
  expect(log.lines).toEqual(["Not set up yet: The bot is missing. Wait. {}"]);
  await runtime[Symbol.asyncDispose]();
});

test("Another problem is logged, and the first one again when it comes back", async () => {
  const { runtime, log, problem } = failing();
  await runtime.refresh();
  problem.what = "The database is away.";
  await runtime.refresh();
  problem.what = "The bot is missing.";
  await runtime.refresh();
  expect(log.lines.map((line) => line.slice("Not set up yet: ".length, -" Wait. {}".length))).toEqual([
    "The bot is missing.",
    "The database is away.",
    "The bot is missing.",
  ]);
  await runtime[Symbol.asyncDispose]();
});

test("However often it is told of changes meanwhile, one more look follows", async () => {
  const { runtime, looks } = failing();
  await Promise.all(Array.from({ length: 10 }, () => runtime.refresh()));
  expect(looks).toHaveLength(2);
  await runtime[Symbol.asyncDispose]();
});

test("Stopped, it looks for nothing any more", async () => {
  const { runtime, timers, looks } = failing();
  await runtime.refresh();
  await runtime[Symbol.asyncDispose]();
  expect(timers.pending).toBe(0);
  await runtime.refresh();
  expect(looks).toHaveLength(1);
});
