import { expect, test } from "bun:test";
import fc from "fast-check";
import { clockSkewMs, earliestMs, longestWindowMs, overlapMs, readingWindow } from "./reading-window.ts";
import { minuteMs, nowMs, person } from "./testing/catch-up-world.ts";

const connection = person("ann", nowMs - 48 * 60 * minuteMs);
const reader = (readUntilMs: number, change: Partial<Parameters<typeof readingWindow>[0]> = {}) => ({
  connection,
  readUntilMs,
  wantedSinceMs: undefined,
  notificationsOnSinceMs: undefined,
  ...change,
});
const behind = (minutes: number) => nowMs - minutes * minuteMs;
const fromOf = (given: ReturnType<typeof reader>) => readingWindow(given, nowMs).fromMs;

test("a reading begins where the last ended, and a little before", () => {
  expect(readingWindow(reader(behind(60)), nowMs)).toEqual({
    fromMs: behind(60) - overlapMs,
    untilMs: nowMs + clockSkewMs,
  });
});

test("a gap that begins earlier is read from there", () => {
  expect(fromOf(reader(behind(30), { wantedSinceMs: behind(240) }))).toBe(behind(240) - overlapMs);
  expect(fromOf(reader(behind(300), { wantedSinceMs: behind(240) }))).toBe(behind(300) - overlapMs);
});

test("nothing is read from longer ago than a day", () => {
  expect(fromOf(reader(behind(60 * 24 * 9), { connection: person("ann", 0) }))).toBe(nowMs - longestWindowMs);
});

test("nothing is read from before the person connected or turned notifications on", () => {
  expect(fromOf(reader(behind(60), { connection: person("ann", behind(10)) }))).toBe(behind(10));
  expect(fromOf(reader(behind(60), { notificationsOnSinceMs: behind(5) }))).toBe(behind(5));
});

test("a last reading in the future, left by a clock set back, counts as now", () => {
  expect(fromOf(reader(nowMs + 90 * minuteMs))).toBe(nowMs - overlapMs);
});

test("whatever is given, a window ends just behind now, begins within a day and after the earliest message", () => {
  const time = fc.integer({ min: 0, max: nowMs + 48 * 60 * minuteMs });
  const maybe = fc.option(time, { nil: undefined });
  fc.assert(
    fc.property(
      time,
      maybe,
      maybe,
      time,
      (readUntilMs, wantedSinceMs, notificationsOnSinceMs, connectedAtMs) => {
        const given = {
          connection: person("ann", connectedAtMs),
          readUntilMs,
          wantedSinceMs,
          notificationsOnSinceMs,
        };
        const { fromMs, untilMs } = readingWindow(given, nowMs);
        expect(untilMs).toBe(nowMs + clockSkewMs);
        expect(fromMs).toBeLessThanOrEqual(nowMs);
        expect(fromMs).toBeGreaterThanOrEqual(nowMs - longestWindowMs);
        expect(fromMs).toBe(Math.min(nowMs, Math.max(fromMs, earliestMs(given, nowMs))));
        expect(fromMs).toBeLessThanOrEqual(Math.max(readUntilMs, earliestMs(given, nowMs)));
      },
    ),
  );
});
