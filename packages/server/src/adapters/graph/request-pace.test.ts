import { expect, test } from "bun:test";
import fc from "fast-check";
import { type Usage, waitMs } from "./request-pace.ts";
import { allowances } from "./request-quota.ts";

const ten = { requests: 10, windowMs: 1_000 };
const idle: Usage = { underWay: 0, answeredAtMs: [], backgroundAtMs: undefined };
const answered = (...answeredAtMs: readonly number[]): Usage => ({ ...idle, answeredAtMs });
const nine = [100, 200, 300, 400, 500, 600, 700, 800, 900];

test.each([
  ["the first is sent at once", idle, "person", 0],
  ["the first of the background too", idle, "background", 0],
  ["a person has the last place", answered(...nine), "person", 0],
  ["the background leaves it", answered(...nine), "background", 100],
  ["beyond, a person waits until the oldest counts no more", answered(50, ...nine), "person", 50],
  ["and what counted longer ago is no matter", answered(-1, 0, ...nine), "person", 0],
  ["what is under way counts", { ...answered(...nine), underWay: 1 }, "person", 100],
  ["only an answer helps when all is under way", { ...idle, underWay: 10 }, "person", undefined],
  [
    "the background has a turn every ninth of a window",
    { ...idle, backgroundAtMs: 1_000 },
    "background",
    111,
  ],
  ["which people do not wait for", { ...idle, backgroundAtMs: 1_000 }, "person", 0],
] as const)("%s", (_fact, usage, kind, expected) => {
  const found = waitMs(usage, ten, kind, 1_000);
  expect(found === undefined ? found : Math.floor(found)).toBe(expected);
});

const requests = fc.array(
  fc.record({
    kind: fc.constantFrom("person" as const, "background" as const),
    /** After the one before. */
    comesAfterMs: fc.integer({ min: 0, max: 60 }),
    takesMs: fc.integer({ min: 0, max: 700 }),
    /** Where on its way Graph counted it. */
    countedAt: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 50, maxLength: 120 },
);

test("whenever requests come and however long they take, no window of Graph's holds more than it allows", () => {
  fc.assert(
    fc.property(requests, (all) => {
      const counted: number[] = [];
      const sent: { readonly answeredAtMs: number }[] = [];
      let backgroundAtMs: number | undefined;
      let nowMs = 0;
      for (const { kind, comesAfterMs, takesMs, countedAt } of all) {
        nowMs += comesAfterMs;
        for (let forMs: number | undefined = -1; forMs !== 0; ) {
          const done = sent.map((each) => each.answeredAtMs).filter((atMs) => atMs <= nowMs);
          const answeredAtMs = done.sort((one, other) => one - other);
          forMs = waitMs(
            { underWay: sent.length - done.length, answeredAtMs, backgroundAtMs },
            ten,
            kind,
            nowMs,
          );
          const nextAnswerMs = Math.min(
            ...sent.map((each) => each.answeredAtMs).filter((atMs) => atMs > nowMs),
          );
          nowMs += forMs ?? nextAnswerMs - nowMs;
        }
        if (kind === "background") backgroundAtMs = nowMs;
        sent.push({ answeredAtMs: nowMs + takesMs });
        counted.push(nowMs + takesMs * countedAt);
      }
      for (const endMs of counted) {
        const inWindow = counted.filter((atMs) => atMs <= endMs && atMs > endMs - ten.windowMs);
        expect(inWindow.length).toBeLessThanOrEqual(ten.requests);
      }
    }),
  );
});

/** How long the background needs for so many requests of a kind that are answered after `takesMs`. */
function backgroundTakesMs(kind: keyof typeof allowances, count: number, takesMs: number): number {
  const allowance = allowances[kind];
  if (allowance === undefined) throw new Error(`There is no allowance for ${kind}.`);
  const answeredAtMs: number[] = [];
  let backgroundAtMs: number | undefined;
  let nowMs = 0;
  for (let sent = 0; sent < count; sent += 1) {
    for (let forMs: number | undefined = -1; forMs !== 0; nowMs += forMs ?? 1) {
      const done = answeredAtMs.filter((atMs) => atMs <= nowMs);
      const usage = { underWay: answeredAtMs.length - done.length, answeredAtMs: done, backgroundAtMs };
      forMs = waitMs(usage, allowance, "background", nowMs);
    }
    backgroundAtMs = nowMs;
    answeredAtMs.push(nowMs + takesMs);
  }
  return nowMs;
}

test("three thousand subscriptions are written in two and a quarter minutes, a hundred pages listed in one and a half", () => {
  expect(backgroundTakesMs("subscription-writes", 3_000, 800) / 60_000).toBeWithin(2.2, 2.4);
  expect(backgroundTakesMs("subscription-lists", 100, 200) / 60_000).toBeWithin(1.4, 1.6);
});
