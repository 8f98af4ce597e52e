import { expect, test } from "bun:test";
import { laneSignals, readSignal, signal } from "./signals.ts";

test("a signal is read as it was told, spaces and all", () => {
  expect(readSignal(signal("connections", "a b"))).toEqual({ topic: "connections", told: "a b" });
  expect(readSignal(signal("shares"))).toEqual({ topic: "shares", told: "" });
});

test("lanes take as many signals as PostgreSQL's limit wants, each lane told once", () => {
  const lanes = Array.from({ length: 400 }, (_, number) => `19:ü"${number}@thread.v2/${"x".repeat(40)}`);
  const signals = laneSignals(lanes, true);
  expect(signals.length).toBeGreaterThan(1);
  for (const each of signals) expect(Buffer.byteLength(each)).toBeLessThan(8_000);
  const read = signals.map(readSignal);
  expect(new Set(read.map(({ topic }) => topic))).toEqual(new Set(["late-lanes"]));
  expect(read.flatMap(({ told }) => JSON.parse(told))).toEqual(lanes);
  expect(laneSignals([], false)).toEqual([]);
});
