import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parseQuietHours, type QuietHours, quietUntil, sayQuietHours } from "./quiet-hours.ts";

const hoursOf = (text: string) => {
  const parsed = parseQuietHours(text);
  if (parsed.kind !== "quiet") throw new Error(`${text} is not understood at ${parsed.part}`);
  return parsed.hours;
};
const hourMs = 3_600_000;

describe("quiet hours", () => {
  test.each([
    ["mon-fri 18:00-08:00", [{ days: [1, 2, 3, 4, 5], from: 1080, to: 480 }]],
    ["Sat+Sun 0:00 – 24:00", [{ days: [6, 7], from: 0, to: 1440 }]],
    ["fri-mon 9:30-10:00", [{ days: [1, 5, 6, 7], from: 570, to: 600 }]],
    [
      "daily 22:00-06:00; wed 12:00-13:00",
      [
        { days: [1, 2, 3, 4, 5, 6, 7], from: 1320, to: 360 },
        { days: [3], from: 720, to: 780 },
      ],
    ],
  ])("%p is read", (text, hours) => {
    expect(hoursOf(text)).toEqual(hours);
  });

  test.each([
    ["", ""],
    ["always", "always"],
    ["mon 18:00", "mon 18:00"],
    ["mon 25:00-08:00", "mon 25:00-08:00"],
    ["mon 18:60-08:00", "mon 18:60-08:00"],
    ["moon 18:00-08:00", "moon 18:00-08:00"],
    ["mon-fri-sun 18:00-08:00", "mon-fri-sun 18:00-08:00"],
    ["mon 18:00-08:00, tue", "tue"],
    // No time, or a whole day?
    ["mon 8:00-8:00", "mon 8:00-8:00"],
    ["mon 24:00-8:00", "mon 24:00-8:00"],
  ])("%p is not understood at %p", (text, part) => {
    expect(parseQuietHours(text)).toEqual({ kind: "not-understood", part });
  });

  const some: fc.Arbitrary<QuietHours> = fc
    .record({
      days: fc
        .uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })
        .map((days) => days.sort((a, b) => a - b)),
      from: fc.integer({ min: 0, max: 1439 }),
      to: fc.integer({ min: 0, max: 1440 }),
    })
    .filter(({ from, to }) => from !== to);

  test("are said as they are read", () => {
    const all = fc.array(some, { minLength: 1, maxLength: 14 });
    fc.assert(fc.property(all, (hours) => expect(hoursOf(sayQuietHours(hours))).toEqual(hours)));
  });

  test.each([
    // A Friday evening, to Monday morning: 64 hours and a quarter, and one more in the night in which clocks are put back.
    [
      "daily 17:00-09:00, sat+sun 9:00-17:00",
      "2026-11-27T16:00Z",
      "Europe/Berlin",
      "2026-11-30T09:00+01:00",
      64,
    ],
    [
      "daily 17:00-09:00, sat+sun 9:00-17:00",
      "2026-10-23T15:00Z",
      "Europe/Berlin",
      "2026-10-26T09:00+01:00",
      65,
    ],
    [
      "daily 17:00-09:00, sat+sun 9:00-17:00",
      "2026-03-27T16:00Z",
      "Europe/Berlin",
      "2026-03-30T09:00+02:00",
      63,
    ],
    ["daily 22:00-06:00", "2026-11-28T22:30Z", "Europe/Berlin", "2026-11-29T06:00+01:00", 6.5],
    ["sun 02:30-04:00", "2026-03-29T01:30Z", "Europe/Berlin", "2026-03-29T04:00+02:00", 0.5],
    ["fri 12:00-13:00", "2026-11-27T17:59Z", "America/New_York", "2026-11-27T13:00-05:00", 1 / 60],
  ])("%s, at %s in %s, end at %s, %p hours later", (text, now, timeZone, end, lastHours) => {
    const nowMs = Date.parse(now);
    expect(quietUntil(hoursOf(text), { nowMs, timeZone })).toBe(Date.parse(end));
    expect(Date.parse(end) - nowMs).toBeCloseTo(lastHours * hourMs);
  });

  test.each([
    ["mon-fri 18:00-08:00", "2026-11-27T16:59Z"],
    ["mon-fri 18:00-08:00", "2026-11-28T07:00Z"],
    ["sat 10:00-11:00", "2026-11-28T10:00Z"],
    ["sun 10:00-11:00", "2026-11-28T09:30Z"],
  ])("%s do not hold at %s in Berlin", (text, now) => {
    expect(quietUntil(hoursOf(text), { nowMs: Date.parse(now), timeZone: "Europe/Berlin" })).toBeUndefined();
  });

  test("that never end are taken to end after a week", () => {
    const nowMs = Date.UTC(2026, 10, 28);
    expect(quietUntil(hoursOf("daily 0:00-24:00"), { nowMs, timeZone: "UTC" })).toBe(nowMs + 7 * 24 * hourMs);
  });

  test("end when they say, whatever the zone and its clocks do, and nothing is quiet then", () => {
    const moments = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) });
    const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
    fc.assert(
      fc.property(fc.array(some, { maxLength: 3 }), moments, zones, (hours, nowMs, timeZone) => {
        const untilMs = quietUntil(hours, { nowMs, timeZone });
        if (untilMs === undefined) return;
        expect(untilMs).toBeGreaterThan(nowMs);
        expect(untilMs - nowMs).toBeLessThanOrEqual(7 * 24 * hourMs);
        // Every moment before is quiet, too, until the same time.
        const between = nowMs + Math.floor((untilMs - nowMs) / 2);
        const isWeek = untilMs - nowMs === 7 * 24 * hourMs;
        if (isWeek) return;
        expect(quietUntil(hours, { nowMs: between, timeZone })).toBe(untilMs);
        expect(quietUntil(hours, { nowMs: untilMs, timeZone })).toBeUndefined();
      }),
    );
  });
});
