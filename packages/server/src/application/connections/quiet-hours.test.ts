import { expect, test } from "bun:test";
import { chooseQuietHours } from "./quiet-hours.ts";
import type { SnoozePorts } from "./snooze.ts";
import { accountOf, Connecting, tenantId } from "./testing/connecting.ts";

async function world() {
  const made = new Connecting();
  const { ann, connections, clock } = made;
  // A Saturday evening in Berlin.
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
  const hours = async () => (await made.preferences.of(ann.id)).quietHours;
  return { made, ann, ports, reconsidered, hours };
}

const weekends = [{ days: [6, 7], from: 0, to: 1440 }];

test("hours are read in the person's time zone, and what is held is decided about anew", async () => {
  const { ports, ann, hours, reconsidered, made } = await world();
  const chosen = await chooseQuietHours(ports, ann.id, "sat-sun 00:00-24:00");
  const untilMs = Date.UTC(2026, 9, 25, 23, 0);
  expect(chosen).toMatchObject({ kind: "became", hours: weekends, untilMs });
  expect(await hours()).toEqual(weekends);
  expect(reconsidered).toEqual([ann.id]);
  expect(made.changedFor).toEqual([ann.id]);
  expect(await chooseQuietHours(ports, ann.id, undefined)).toMatchObject({ kind: "is", hours: weekends });
  expect(await chooseQuietHours(ports, ann.id, "OFF")).toMatchObject({ kind: "became", hours: [] });
  expect(await hours()).toEqual([]);
});

test("what says no hours changes nothing", async () => {
  const { ports, ann, hours, reconsidered } = await world();
  await chooseQuietHours(ports, ann.id, "sat-sun 00:00-24:00");
  const typed = "daily 20:00-08:00, mon 25:00-26:00";
  expect(await chooseQuietHours(ports, ann.id, typed)).toEqual({
    kind: "not-understood",
    part: "mon 25:00-26:00",
  });
  expect(await hours()).toEqual(weekends);
  expect(reconsidered).toHaveLength(1);
});

test("who is not connected has no quiet hours", async () => {
  const { ports, made } = await world();
  expect(await chooseQuietHours(ports, made.bob.id, "daily 20:00-08:00")).toEqual({ kind: "not-connected" });
});
