import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { knownTimeZone, parseUntil, sayTime } from "./until.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** A Saturday, 21:15 in Berlin, before the night in which its clocks are put back. */
const nowMs = Date.UTC(2026, 9, 24, 19, 15);
const berlin = { nowMs, timeZone: "Europe/Berlin" };
const at = (iso: string) => ({ kind: "at", atMs: Date.parse(iso) });

describe("until when", () => {
  test.each([
    ["30m", { kind: "at", atMs: nowMs + 30 * minuteMs }],
    ["2H", { kind: "at", atMs: nowMs + 120 * minuteMs }],
    ["1d", { kind: "at", atMs: nowMs + dayMs }],
    ["30d", { kind: "at", atMs: nowMs + 30 * dayMs }],
    ["always", { kind: "open" }],
    ["22:05", at("2026-10-24T22:05+02:00")],
    ["21:16", at("2026-10-24T21:16+02:00")],
    // An hour longer than the clock's faces say.
    ["tomorrow", at("2026-10-25T09:00+01:00")],
    ["Tomorrow", at("2026-10-25T09:00+01:00")],
    ["21:15", { kind: "past" }],
    ["9:00", { kind: "past" }],
    ["0:00", { kind: "past" }],
  ] as const)("%p is %p", (word, until) => {
    expect(parseUntil(word, berlin) as unknown).toEqual(until);
  });

  test.each([
    "",
    "0m",
    "31d",
    "99999h",
    "25:00",
    "12:60",
    "24:00",
    "1:5",
    "-1h",
    "1.5h",
    "1w",
    "later",
    "14.30",
  ])("%p is no time", (word) => {
    expect(parseUntil(word, berlin)).toEqual({ kind: "not-a-time" });
  });

  test.each([
    // In the night from 28 to 29 March Berlin's clocks skip from two to three.
    ["02:30", "2026-03-29T00:30Z", "Europe/Berlin", "2026-03-29T03:30+02:00"],
    // In the night to 25 October they show half past two twice.
    ["02:30", "2026-10-24T23:00Z", "Europe/Berlin", "2026-10-25T02:30+02:00"],
    ["tomorrow", "2026-03-28T20:00Z", "Europe/Berlin", "2026-03-29T09:00+02:00"],
    ["tomorrow", "2026-11-28T23:30Z", "Asia/Kolkata", "2026-11-30T09:00+05:30"],
    ["tomorrow", "2026-11-28T12:00Z", "Pacific/Kiritimati", "2026-11-30T09:00+14:00"],
    ["tomorrow", "2026-04-04T20:00Z", "Australia/Lord_Howe", "2026-04-06T09:00+10:30"],
    ["18:00", "2026-11-28T12:00Z", "America/New_York", "2026-11-28T18:00-05:00"],
  ])("%s, said at %s in %s, is %s", (word, now, timeZone, then) => {
    expect(parseUntil(word, { nowMs: Date.parse(now), timeZone }) as unknown).toEqual(at(then));
  });

  const zones = Intl.supportedValuesOf("timeZone");
  const moments = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) });

  test("is never over, whatever the zone and its clocks do", () => {
    const words = fc.oneof(
      fc.constantFrom("tomorrow", "30m", "2h"),
      fc.tuple(fc.nat(23), fc.nat(59)).map(([h, m]) => `${h}:${String(m).padStart(2, "0")}`),
    );
    fc.assert(
      fc.property(words, moments, fc.constantFrom(...zones), (word, now, timeZone) => {
        const until = parseUntil(word, { nowMs: now, timeZone });
        if (until.kind === "past") return;
        if (until.kind !== "at") throw new Error(`${word} is no time`);
        expect(until.atMs).toBeGreaterThan(now);
        // A day has 25 hours at most, and tomorrow ends at nine.
        expect(until.atMs - now).toBeLessThanOrEqual((25 + 25) * 60 * minuteMs);
      }),
    );
  });

  test("shows the time of day that was typed, unless that day has none such", () => {
    fc.assert(
      fc.property(
        fc.nat(23),
        fc.nat(59),
        moments,
        fc.constantFrom(...zones),
        (hour, minute, now, timeZone) => {
          const typed = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
          const here = { nowMs: now, timeZone };
          const until = parseUntil(typed, here);
          if (until.kind !== "at") return;
          const [shownHour = 0] = sayTime(until.atMs, here).split(/[ :]/).map(Number);
          expect([hour, hour + 1, hour + 2]).toContain(shownHour);
        },
      ),
    );
  });
});

test.each([
  [0, "21:15"],
  [2 * 60, "23:15"],
  [3 * 60, "tomorrow 00:15"],
  [-22 * 60, "yesterday 23:15"],
  [5 * 24 * 60, "2026-10-29 20:15"],
])("%p minutes from now are said as %p", (minutes, said) => {
  expect(sayTime(nowMs + minutes * minuteMs, berlin)).toBe(said);
});

test.each([
  ["Europe/Berlin", "Europe/Berlin"],
  ["america/new_york", "America/New_York"],
  ["", "UTC"],
  [undefined, "UTC"],
  ["Mars/Phobos", "UTC"],
])("the zone %p is %p", (name, zone) => {
  expect(knownTimeZone(name)).toBe(zone);
});
