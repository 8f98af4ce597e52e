import { afterAll, beforeAll, expect, test } from "bun:test";
import { addReader } from "./testing/add-reader.ts";
import { type Opened, openSandbox } from "./testing/opened-sandbox.ts";

let opened: Opened;
beforeAll(async () => {
  opened = await openSandbox({ connected: false });
});
afterAll(() => opened[Symbol.asyncDispose]());

// A reader for each: presence is remembered for two seconds.
test.each([
  ["Away", "delivered"],
  ["Offline", "delivered"],
  ["Appear offline", "delivered"],
  ["Available, idle", "delivered"],
  ["Away, out of office", "delivered"],
  ["Unknown", "delivered"],
  ["Available", "suppressed"],
  ["Available, out of office", "suppressed"],
  ["Busy", "suppressed"],
  ["Busy, idle", "suppressed"],
  ["In a call", "suppressed"],
  ["In a meeting", "suppressed"],
  ["Do not disturb", "suppressed"],
  ["Presenting", "suppressed"],
  ["Focusing", "suppressed"],
  ["Be right back", "suppressed"],
])("a message to somebody who is shown as %s is %s", async (presence, outcome) => {
  const { page, sandbox } = opened;
  const reader = await addReader(sandbox, presence);
  await page.openChat(reader);
  await page.showPresence(reader, presence);
  const before = await page.messageIds();
  await page.send(`While you are ${presence}`);
  expect((await page.nextOutcome(before)).kind).toBe(outcome);
});
