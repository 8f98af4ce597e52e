import { describe, expect, test } from "bun:test";
import type { RequestTurn } from "../../application/graph/request-turn.ts";
import { LocalPauses } from "../../application/graph-pauses.ts";
import { FixedClock, ManualTimers } from "../../application/testing/time.ts";
import { RequestTurns } from "./request-turns.ts";

const person: RequestTurn = { kind: "person" };
const background: RequestTurn = { kind: "background" };

/** Turns by a clock that is moved by hand, and what became of each request that asked for one. */
function turnsByHand() {
  const clock = new FixedClock();
  const timers = new ManualTimers();
  const pauses = new LocalPauses();
  const turns = new RequestTurns({ clock, timers, pauses, elapsedMs: () => clock.nowMs });
  const became: string[] = [];
  const sent: Disposable[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    turns,
    timers,
    pauses,
    clock,
    became,
    sent,
    ask(
      name: string,
      turn: RequestTurn | undefined,
      quota: "subscription-lists" | "other" = "subscription-lists",
    ) {
      void turns.next(quota, turns.begin(turn)).then(
        (own) => {
          sent.push(own);
          became.push(name);
        },
        (error: { code: string; retryAfterMs: number }) =>
          void became.push(`${name} ${error.code} ${Math.ceil(error.retryAfterMs)}`),
      );
    },
    settle,
    /** In small steps, so that what a step sets off has its time. */
    async advance(ms: number) {
      await settle();
      for (let left = ms; left > 0; left -= 100) {
        clock.nowMs += Math.min(100, left);
        timers.advance(Math.min(100, left));
        await settle();
      }
    },
    /** All of the table's 25 were just answered. */
    async useUp() {
      for (let count = 0; count < 25; count += 1) {
        using _turn = await turns.next("subscription-lists", turns.begin(person));
      }
    },
  };
}

test("what the table does not speak of is sent at once", async () => {
  const { ask, became, settle, timers } = turnsByHand();
  for (let count = 0; count < 3_000; count += 1) ask("sent", undefined, "other");
  await settle();
  expect([became.length, timers.pending]).toEqual([3_000, 0]);
});

test("as places become free a person goes before the background, whoever came first", async () => {
  const { ask, became, advance, useUp, sent } = turnsByHand();
  await useUp();
  await advance(15_000);
  ask("background", background);
  ask("second background", background);
  ask("person", person);
  await advance(5_000);
  expect(became).toEqual(["person", "background"]);
  // One after the other, also where there is room.
  await advance(1_000);
  expect(became).toEqual(["person", "background", "second background"]);
  expect(sent).toHaveLength(3);
});

describe("a request that has no turn", () => {
  test("fails at once when nobody waits for it, and says when to come again", async () => {
    const { ask, became, advance, settle, useUp, timers } = turnsByHand();
    await useUp();
    await advance(7_000);
    ask("nobody", undefined);
    await settle();
    expect([became, timers.pending]).toEqual([["nobody throttled 13000"], 0]);
  });

  test("fails after ten seconds when a person waits for it", async () => {
    const { ask, became, advance, useUp, timers } = turnsByHand();
    await useUp();
    ask("person", person);
    await advance(9_900);
    expect(became).toEqual([]);
    await advance(100);
    expect([became, timers.pending]).toEqual([["person throttled 10000"], 0]);
  });

  test("leaves its place to who waits behind", async () => {
    const { ask, became, advance, useUp } = turnsByHand();
    await useUp();
    ask("person", person);
    ask("background", background);
    await advance(20_000);
    expect(became).toEqual(["person throttled 10000", "background"]);
  });

  test("ends its wait when it is to stop, in the queue as in a pause", async () => {
    const { ask, became, settle, useUp, timers, pauses, clock } = turnsByHand();
    await useUp();
    const stopping = new AbortController();
    ask("queued", { kind: "background", stopping: stopping.signal });
    await settle();
    await pauses.pause("other", clock.nowMs + 60_000);
    ask("paused", { kind: "background", stopping: stopping.signal }, "other");
    await settle();
    expect(became).toEqual([]);
    stopping.abort();
    await settle();
    expect([became.toSorted(), timers.pending]).toEqual([
      ["paused throttled 60000", "queued throttled 20000"],
      0,
    ]);
    ask("late", { kind: "background", stopping: stopping.signal }, "other");
    await settle();
    expect(became).toContain("late throttled 60000");
  });
});

describe("while Graph wants a pause", () => {
  test("the background waits for minutes, a person for seconds, nobody not at all", async () => {
    const { ask, became, advance, pauses, clock } = turnsByHand();
    await pauses.pause("other", clock.nowMs + 8_000);
    ask("nobody", undefined, "other");
    ask("person", person, "other");
    await advance(8_000);
    expect(became).toEqual(["nobody throttled 8000", "person"]);
    await pauses.pause("other", clock.nowMs + 120_000);
    ask("impatient", person, "other");
    ask("background", background, "other");
    await advance(120_000);
    expect(became.slice(2)).toEqual(["impatient throttled 120000", "background"]);
    await pauses.pause("other", clock.nowMs + 3_600_000);
    ask("put off", background, "other");
    await advance(100);
    expect(became.slice(4)).toEqual(["put off throttled 3600000"]);
  });

  test("that another request was told of during the wait, nothing is sent and no place is used up", async () => {
    const { ask, became, advance, useUp, pauses, clock, turns, sent } = turnsByHand();
    await useUp();
    await advance(15_000);
    ask("waiting", background);
    await advance(1_000);
    await pauses.pause("subscription-lists", clock.nowMs + 10_000);
    await advance(9_900);
    expect(became).toEqual([]);
    await advance(100);
    expect(became).toEqual(["waiting"]);
    sent[0]?.[Symbol.dispose]();
    // 24 more: the place given back did not count.
    for (let count = 0; count < 24; count += 1) {
      using _turn = await turns.next("subscription-lists", turns.begin(undefined));
    }
    await expect(turns.next("subscription-lists", turns.begin(undefined))).rejects.toMatchObject({
      code: "throttled",
    });
  });
});
