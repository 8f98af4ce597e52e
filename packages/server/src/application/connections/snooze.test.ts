import { expect, test } from "bun:test";
import { type SnoozePorts, snooze } from "./snooze.ts";
import { accountOf, Connecting, tenantId } from "./testing/connecting.ts";

const minuteMs = 60_000;

async function world() {
  const made = new Connecting();
  const { ann, connections, clock } = made;
  clock.nowMs = Date.UTC(2026, 9, 24, 19, 15);
  await connections.add({
    ...{ userId: ann.id, tenantId, teamsAccount: ann.email, connectedAtMs: 0 },
    teamsUserId: accountOf("ann").objectId,
  });
  const reconsidered: string[] = [];
  const ports: SnoozePorts = {
    ...made.ports,
    reconsiderHeld: async (userId) => void reconsidered.push(userId),
  };
  const until = async () => (await made.preferences.of(ann.id)).snoozedUntilMs;
  return { ...made, made, clock, ann, ports, reconsidered, until };
}

test.each([
  ["30m", Date.UTC(2026, 9, 24, 19, 45)],
  ["2h", Date.UTC(2026, 9, 24, 21, 15)],
  // The night has an hour more.
  ["tomorrow", Date.UTC(2026, 9, 25, 8, 0)],
  ["23:30", Date.UTC(2026, 9, 24, 21, 30)],
  ["7d", Date.UTC(2026, 9, 31, 19, 15)],
])("%p snoozes in the person's time zone", async (typed, untilMs) => {
  const { ports, ann, until, reconsidered, made } = await world();
  const here = { nowMs: made.clock.nowMs, timeZone: "Europe/Berlin" };
  expect(await snooze(ports, ann.id, typed)).toEqual({ kind: "became", untilMs, here });
  expect(await until()).toBe(untilMs);
  expect(reconsidered).toEqual([ann.id]);
  expect(made.changedFor).toEqual([ann.id]);
});

test.each([
  ["25:00", "not-a-time"],
  ["soon", "not-a-time"],
  ["21:00", "past"],
  ["always", "too-long"],
  ["8d", "too-long"],
] as const)("%p changes nothing, being %s", async (typed, kind) => {
  const { ports, ann, until, reconsidered } = await world();
  await snooze(ports, ann.id, "2h");
  const before = await until();
  expect(await snooze(ports, ann.id, typed)).toEqual({ kind, typed });
  expect(await until()).toBe(before);
  expect(reconsidered).toHaveLength(1);
});

test("off ends it and lets what is held be decided about; without a snooze there is nothing to end", async () => {
  const { ports, ann, until, reconsidered } = await world();
  expect(await snooze(ports, ann.id, "off")).toMatchObject({ kind: "is", untilMs: undefined });
  expect(reconsidered).toEqual([]);
  await snooze(ports, ann.id, "2h");
  expect(await snooze(ports, ann.id, "OFF")).toMatchObject({ kind: "became", untilMs: undefined });
  expect(await until()).toBeUndefined();
  expect(reconsidered).toHaveLength(2);
});

test("how it is is told, and one that is over is none", async () => {
  const { ports, ann, made } = await world();
  const untilMs = made.clock.nowMs + 30 * minuteMs;
  await snooze(ports, ann.id, "30m");
  expect(await snooze(ports, ann.id, undefined)).toMatchObject({ kind: "is", untilMs });
  made.clock.nowMs = untilMs;
  expect(await snooze(ports, ann.id, undefined)).toMatchObject({ kind: "is", untilMs: undefined });
});

test("who is not connected has nothing to snooze", async () => {
  const { ports, made } = await world();
  expect(await snooze(ports, made.bob.id, "2h")).toEqual({ kind: "not-connected" });
  expect((await made.preferences.of(made.bob.id)).snoozedUntilMs).toBeUndefined();
});
