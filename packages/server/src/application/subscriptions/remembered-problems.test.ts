import { expect, test } from "bun:test";
import { MemoryProblems } from "../testing/memory-subscriptions.ts";
import { FixedClock } from "../testing/time.ts";
import { RememberedProblems } from "./remembered-problems.ts";

/** Problems that count what they are asked. */
class CountedProblems extends MemoryProblems {
  readonly asked: string[] = [];
  override async clear(owner: string): Promise<void> {
    this.asked.push(`clear ${owner}`);
    await super.clear(owner);
  }
  override async list() {
    this.asked.push("list");
    return super.list();
  }
}

function remembered() {
  const [problems, clock] = [new CountedProblems(), new FixedClock()];
  return { problems, clock, known: new RememberedProblems(problems, clock) };
}

test("a thousand successes look once, and clear the problems there are", async () => {
  const { problems, known } = remembered();
  await problems.record("ann", "unavailable", 1);
  await Promise.all(Array.from({ length: 1_000 }, (_, number) => known.clear(`person ${number}`)));
  await known.clear("ann");
  expect([problems.asked, problems.all.size]).toEqual([["list", "clear ann"], 0]);
});

test("a problem seen here is cleared by the next success", async () => {
  const { problems, known } = remembered();
  await known.clear("ann");
  await known.record("ann", "forbidden", 1);
  await known.clear("ann");
  await known.clear("ann");
  expect([problems.asked, problems.all.size]).toEqual([["list", "clear ann"], 0]);
});

test("one that another node saw is cleared by a success a minute later, also when the clock was set back", async () => {
  const { problems, known, clock } = remembered();
  for (const step of [60_000, -3_600_000]) {
    await known.clear("ben");
    await problems.record("ann", "forbidden", 1);
    clock.nowMs += step;
    await known.clear("ann");
    expect(problems.all.size).toBe(0);
  }
});

test("one seen here while it looks is not forgotten", async () => {
  const { problems, known } = remembered();
  const looked = known.clear("ben");
  await known.record("ann", "forbidden", 1);
  await looked;
  await known.clear("ann");
  expect(problems.all.size).toBe(0);
});
