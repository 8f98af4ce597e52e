import { expect, test } from "bun:test";
import type { Presence } from "../../domain/presence.ts";
import { GraphError } from "../graph/graph-error.ts";
import { maxIdsPerPresenceRequest, type PresenceSource } from "../graph/presence-source.ts";
import { CountedMetrics } from "../testing/observed.ts";
import { FixedClock, ManualTimers } from "../testing/time.ts";
import { coalesceMs, maxPresenceAgeMs, PresenceBatch, presenceDeadlineMs } from "./presence-batch.ts";

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

const presences = new Map<string, Presence>();
/** A value of its own for each person. */
function presenceFor(id: string): Presence {
  const known = presences.get(id) ?? { availability: "away", activity: "away", outOfOffice: false };
  presences.set(id, known);
  return known;
}

function batching(
  answer: PresenceSource["presencesOf"] = async (ids) => new Map(ids.map((id) => [id, presenceFor(id)])),
) {
  const requests: (readonly string[])[] = [];
  const clock = new FixedClock();
  const timers = new ManualTimers();
  const metrics = new CountedMetrics();
  const source: PresenceSource = {
    presencesOf(ids) {
      requests.push(ids);
      return answer(ids);
    },
  };
  const batch = new PresenceBatch({ source, clock, timers, metrics });
  const pass = async (ms: number) => {
    clock.nowMs += ms;
    timers.advance(ms);
    await settled();
  };
  return { batch, requests, metrics, timers, pass };
}

test("people asked about within the window share one request", async () => {
  const { batch, requests, pass } = batching();
  const asked = ["ann", "ben", "ann"].map((id) => batch.presenceOf(id));
  await pass(coalesceMs);
  expect(requests).toEqual([["ann", "ben"]]);
  expect(await Promise.all(asked)).toEqual([presenceFor("ann"), presenceFor("ben"), presenceFor("ann")]);
});

test("an answer serves for two seconds from asking and no longer", async () => {
  const { batch, requests, pass } = batching();
  void batch.presenceOf("ann");
  await pass(coalesceMs);
  await pass(maxPresenceAgeMs - coalesceMs - 1);
  await batch.presenceOf("ann");
  expect(requests).toHaveLength(1);
  await pass(1);
  void batch.presenceOf("ann");
  await pass(coalesceMs);
  expect(requests).toHaveLength(2);
});

test("an answer from before the clock was set back is not used", async () => {
  const { batch, requests, pass } = batching();
  void batch.presenceOf("ann");
  await pass(coalesceMs);
  await pass(-60 * 60_000);
  void batch.presenceOf("ann");
  await pass(coalesceMs);
  expect(requests).toHaveLength(2);
});

test("no request holds more ids than Graph takes", async () => {
  const { batch, requests, pass } = batching();
  const asked = Array.from({ length: maxIdsPerPresenceRequest + 5 }, (_, index) =>
    batch.presenceOf(`u${index}`),
  );
  await pass(coalesceMs);
  await Promise.all(asked);
  expect(requests.map(({ length }) => length)).toEqual([maxIdsPerPresenceRequest, 5]);
});

test("a person whom Graph leaves out is missing", async () => {
  const { batch, pass } = batching(async () => new Map());
  const asked = batch.presenceOf("ann");
  await pass(coalesceMs);
  expect(await asked).toBe("missing");
});

test("a passing failure is tried again quickly", async () => {
  let failures = 2;
  const { batch, requests, metrics, pass } = batching(async (ids) => {
    if (failures-- > 0) throw new GraphError("unavailable", "503");
    return new Map(ids.map((id) => [id, presenceFor(id)]));
  });
  const asked = batch.presenceOf("ann");
  for (const ms of [coalesceMs, 100, 400]) await pass(ms);
  expect(await asked).toEqual(presenceFor("ann"));
  expect(requests).toHaveLength(3);
  expect(metrics.counts.size).toBe(0);
});

test("after bounded attempts presence is unreachable, counted, and asked for anew by the next message", async () => {
  const { batch, requests, metrics, timers, pass } = batching(async () => {
    throw new GraphError("unreachable", "no route");
  });
  const asked = batch.presenceOf("ann");
  for (const ms of [coalesceMs, 100, 400]) await pass(ms);
  expect(await asked).toBe("unreachable");
  expect(requests).toHaveLength(3);
  expect(metrics.counts.get("presence_unreachable")).toBe(1);
  expect(timers.pending).toBe(0);
  void batch.presenceOf("ann");
  await pass(coalesceMs);
  expect(requests).toHaveLength(4);
});

test.each(["forbidden", "unauthorized", "invalid-request"] as const)(
  "%s is not tried again",
  async (code) => {
    const { batch, requests, pass } = batching(async () => {
      throw new GraphError(code, "no");
    });
    const asked = batch.presenceOf("ann");
    await pass(coalesceMs);
    expect(await asked).toBe("unreachable");
    expect(requests).toHaveLength(1);
  },
);

test("a wait longer than a message may take is not waited for", async () => {
  const { batch, requests, pass } = batching(async () => {
    throw new GraphError("throttled", "429", { retryAfterMs: presenceDeadlineMs });
  });
  const asked = batch.presenceOf("ann");
  await pass(coalesceMs);
  expect(await asked).toBe("unreachable");
  expect(requests).toHaveLength(1);
});

test("a request that hangs ends at the deadline", async () => {
  const { batch, pass, timers } = batching(() => new Promise(() => undefined));
  const asked = batch.presenceOf("ann");
  await pass(coalesceMs);
  await pass(presenceDeadlineMs);
  expect(await asked).toBe("unreachable");
  expect(timers.pending).toBe(0);
});
