import { expect, test } from "bun:test";
import { seededRandomness, systemRandomness } from "./randomness.ts";

test("a seed repeats its bytes, fractions and guids; another seed draws others", () => {
  const draw = (seed: number): unknown[] => {
    const randomness = seededRandomness(seed);
    return [[...randomness.bytes(8)], randomness.fraction(), randomness.guid()];
  };
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test.each([
  ["seeded", seededRandomness(1)],
  ["of the system", systemRandomness],
])("fractions %s fill [0, 1) evenly", (_name, randomness) => {
  const buckets = Array.from({ length: 10 }, () => 0);
  for (let at = 0; at < 10_000; at += 1) {
    const fraction = randomness.fraction();
    expect(fraction >= 0 && fraction < 1).toBe(true);
    const bucket = Math.floor(fraction * 10);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  for (const count of buckets) {
    expect(count).toBeGreaterThan(800);
    expect(count).toBeLessThan(1_200);
  }
});

test("guids are version 4 and differ", () => {
  const guids = Array.from({ length: 100 }, () => seededRandomness(2).guid());
  expect(new Set(guids).size).toBe(1);
  const randomness = seededRandomness(2);
  expect(new Set(guids.map(() => randomness.guid())).size).toBe(100);
  for (const guid of guids) expect(guid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});
