import { expect, test } from "bun:test";
import { EndpointHealth } from "./endpoint-health.ts";

function after(responses: readonly number[]): EndpointHealth {
  const health = new EndpointHealth();
  for (const [at, elapsedMs] of responses.entries()) health.record(at, elapsedMs);
  return health;
}

const quick = (count: number): number[] => Array.from({ length: count }, () => 20);

test.each([
  ["nothing was sent", [], "normal"],
  ["nine late answers are too few to judge", Array.from({ length: 9 }, () => 9_000), "normal"],
  ["exactly a tenth is late", [...quick(9), 3_000], "normal"],
  ["more than a tenth is late", [...quick(8), 3_000, 3_000], "slow"],
  ["exactly 15 % never came", [...quick(17), 10_000, 10_000, 10_000], "slow"],
  ["more than 15 % never came", [...quick(8), 10_000, 10_000], "drop"],
] as const)("%s: the endpoint is %#", (_case, responses, state) => {
  expect(after(responses).state(1_000)).toBe(state);
});

test("answers older than ten minutes do not count", () => {
  const health = after([...quick(10), 3_000, 3_000]);
  expect(health.state(600_000)).toBe("slow");
  expect(health.state(600_011)).toBe("normal");
});

test("a dropped endpoint is probed after ten minutes and judged afresh", () => {
  const health = after([...quick(8), 10_000, 10_000]);
  expect(health.state(600_008)).toBe("drop");
  expect(health.state(600_009)).toBe("normal");
  health.record(600_010, 10_000);
  expect(health.state(600_011)).toBe("normal");
});
