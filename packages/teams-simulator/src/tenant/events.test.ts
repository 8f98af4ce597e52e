import { expect, test } from "bun:test";
import { Announcements } from "./events.ts";

test("listeners hear events in the order in which they came, until they are disposed", () => {
  const announcements = new Announcements<number>();
  const heard: string[] = [];
  const first = announcements.listen((event) => heard.push(`first ${event}`));
  announcements.listen((event) => heard.push(`second ${event}`));
  announcements.announce(1);
  first[Symbol.dispose]();
  announcements.announce(2);
  expect(heard).toEqual(["first 1", "second 1", "second 2"]);
  expect(announcements.listeners).toBe(1);
});

test("next resolves with the first event that matches and stops listening", async () => {
  const announcements = new Announcements<number>();
  const next = announcements.next((event) => event > 1);
  for (const event of [1, 2, 3]) announcements.announce(event);
  expect(await next).toBe(2);
  expect(announcements.listeners).toBe(0);
});

test("a listener that leaves while an event is announced does not disturb the others", () => {
  const announcements = new Announcements<number>();
  const heard: string[] = [];
  const leaving = announcements.listen(() => leaving[Symbol.dispose]());
  announcements.listen(() => heard.push("stayed"));
  announcements.announce(1);
  expect(heard).toEqual(["stayed"]);
});
