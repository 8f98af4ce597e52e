import { expect, test } from "bun:test";
import { laneShares, shareOf } from "./lane-share.ts";

test("a lane has the same share in every version: nodes of two versions share out the same lanes", () => {
  expect(["ann/19:a", "tenant/19:a", "copies/0"].map(shareOf)).toEqual([21, 36, 47]);
});

test("lanes spread evenly over all shares", () => {
  const counts = new Map<number, number>();
  for (let index = 0; index < laneShares * 100; index += 1) {
    const share = shareOf(`reader/19:chat-${index}`);
    counts.set(share, (counts.get(share) ?? 0) + 1);
  }
  expect([...counts.keys()].toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: laneShares }, (_, share) => share),
  );
  expect(Math.max(...counts.values())).toBeLessThan(200);
});
