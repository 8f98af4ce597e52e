import { expect, test } from "bun:test";
import { GraphError, type GraphErrorCode } from "../graph/graph-error.ts";
import { MattermostError } from "../mattermost/mattermost-error.ts";
import { FixedClock } from "../testing/time.ts";
import { PermanentFailure, TemporaryFailure } from "../work-failure.ts";
import { decideRetry, maxAttempts } from "./retry-policy.ts";

const clock = new FixedClock();
const parts = { clock, random: () => 1 - Number.EPSILON };
const decide = (error: unknown, attempts = 0, random = parts.random) =>
  decideRetry(error, { attempts }, { clock, random });

const graphFates: readonly (readonly [GraphErrorCode, "retry" | "gone-in-teams" | "refused-by-graph"])[] = [
  ["throttled", "retry"],
  ["unavailable", "retry"],
  ["unreachable", "retry"],
  ["unauthorized", "retry"],
  ["forbidden", "retry"],
  ["conflict", "retry"],
  ["limit-reached", "retry"],
  ["unexpected", "retry"],
  ["not-found", "gone-in-teams"],
  ["invalid-request", "refused-by-graph"],
];

test.each(graphFates)("Graph's %s ends in %s", (code, fate) => {
  const decision = decide(new GraphError(code, "x"));
  expect(decision.kind === "dead" ? decision.reason : decision.kind).toBe(fate);
});

test.each([
  ["unavailable", "retry"],
  ["rejected", "refused-by-mattermost"],
  ["not-found", "person-gone"],
] as const)("Mattermost's %s ends in %s", (code, fate) => {
  const decision = decide(new MattermostError(code, "x"));
  expect(decision.kind === "dead" ? decision.reason : decision.kind).toBe(fate);
});

test("pauses double up to ten minutes, between half and all of it", () => {
  const pauses = [0, 1, 2, 3, 9, 10, 30].map((attempts) => {
    const [most, least] = [decide(new Error(), attempts), decide(new Error(), attempts, () => 0)];
    if (most.kind === "dead" || least.kind === "dead") throw new Error("given up early");
    return [least.atMs - clock.now(), most.atMs - clock.now()];
  });
  expect(pauses).toEqual([
    [500, 1_000],
    [1_000, 2_000],
    [2_000, 4_000],
    [4_000, 8_000],
    [256_000, 512_000],
    [300_000, 600_000],
    [300_000, 600_000],
  ]);
});

test("a time that the other side named is kept to", () => {
  expect(decide(new GraphError("throttled", "429", { retryAfterMs: 7_000 }), 5)).toEqual({
    kind: "retry",
    atMs: clock.now() + 7_000,
    code: "graph-throttled",
  });
  expect(decide(new TemporaryFailure("later", { retryAtMs: 42 }))).toEqual({
    kind: "retry",
    atMs: 42,
    code: "temporary",
  });
});

test("attempts are bounded, over hours rather than minutes", () => {
  expect(decide(new Error("bug"), maxAttempts - 1)).toEqual({ kind: "dead", reason: "gave-up-internal" });
  expect(decide(new Error("bug"), maxAttempts - 2)).toMatchObject({ kind: "retry", code: "internal" });
  let totalMs = 0;
  for (let attempts = 0; attempts < maxAttempts - 1; attempts += 1) {
    const decision = decide(new Error(), attempts);
    totalMs += decision.kind === "retry" ? decision.atMs - clock.now() : 0;
  }
  expect(totalMs).toBeGreaterThan(3 * 3_600_000);
  expect(totalMs).toBeLessThan(5 * 3_600_000);
});

test("a permanent failure keeps its own reason", () => {
  expect(decide(new PermanentFailure("encryption-key-gone", "x"))).toEqual({
    kind: "dead",
    reason: "encryption-key-gone",
  });
});
