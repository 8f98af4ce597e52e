import { expect, test } from "bun:test";
import { Announcements, type TenantEvent } from "./events.ts";
import { Presences } from "./presences.ts";

test("someone who never signed in is Offline", () => {
  const presences = new Presences(new Announcements());
  expect(presences.of("bob")).toMatchObject({ availability: "Offline", activity: "Offline", sequence: 0 });
});

test("the activity follows the availability unless given, and each change is announced with a greater sequence", () => {
  const events = new Announcements<TenantEvent>();
  const announced: TenantEvent[] = [];
  events.listen((event) => announced.push(event));
  const presences = new Presences(events);
  const away = presences.set("bob", { availability: "Away" });
  const call = presences.set("bob", { availability: "Busy", activity: "InACall" });
  expect([away.activity, call.activity]).toEqual(["Away", "InACall"]);
  expect(call.sequence).toBeGreaterThan(away.sequence);
  expect(announced).toEqual([
    { kind: "presenceChanged", userId: "bob", presence: away },
    { kind: "presenceChanged", userId: "bob", presence: call },
  ]);
});
