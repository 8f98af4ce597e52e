import { expect, test } from "bun:test";
import { MemoryPreferences } from "../testing/memory-preferences.ts";
import { FixedClock } from "../testing/time.ts";
import { noticeEndedSnoozes } from "./notice-ended-snoozes.ts";

test("who ended a snooze unheard is noticed, and who still snoozes is left alone", async () => {
  const clock = new FixedClock();
  const preferences = new MemoryPreferences();
  await preferences.snooze("ann", undefined);
  await preferences.snooze("ben", clock.now() + 1);
  await preferences.snooze("cid", clock.now());
  await preferences.setQuietHours("dee", [{ days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1440 }]);
  const reconsidered: string[] = [];
  const asked: number[] = [];
  await noticeEndedSnoozes({
    async heldBeyond(atMs) {
      asked.push(atMs - clock.now());
      return ["ann", "ben", "cid", "dee"];
    },
    preferences,
    users: { get: async () => undefined },
    reconsiderHeld: async (userId) => void reconsidered.push(userId),
    clock,
  });
  expect(reconsidered).toEqual(["ann", "cid"]);
  expect(asked).toEqual([10 * 60_000]);
});
