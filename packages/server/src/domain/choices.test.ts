import { expect, test } from "bun:test";
import {
  choiceNames,
  choices,
  defaultChoices,
  holds,
  readChoices,
  valuesOf,
  withinLimits,
  wordsOf,
} from "./choices.ts";

test("names and values fit what Mattermost keeps of a preference", () => {
  for (const name of choiceNames) {
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(32);
    for (const value of valuesOf(name)) expect(value).toMatch(/^[a-z0-9-]+$/);
  }
});

test("sections and commands tell choices apart, and no choice is without an alternative", () => {
  const all = choiceNames.map((name) => choices[name]);
  expect(new Set(all.map(({ section }) => section)).size).toBe(all.length);
  expect(new Set(all.map(({ command }) => command.join(" "))).size).toBe(all.length);
  for (const name of choiceNames) expect(valuesOf(name).length).toBeGreaterThan(1);
});

test("every value says what is so while it is chosen, in a sentence that no other says", () => {
  const states = choiceNames.flatMap((name) => valuesOf(name).map((value) => wordsOf(name, value).state));
  expect(new Set(states).size).toBe(states.length);
  for (const state of states) expect(state).toEndWith(".");
});

test("what was saved is read, and what means nothing is as if it was never chosen", () => {
  const saved = new Map([
    ["bots", "on"],
    ["threads", "CHATS"],
    ["together", ""],
    ["elsewhere", "on"],
  ]);
  expect(readChoices(saved)).toEqual({ ...defaultChoices, bots: "on" });
});

test("nothing is left to change when all that is asked for is so already", () => {
  expect(holds(defaultChoices, {})).toBe(true);
  expect(holds(defaultChoices, { bots: "off", threads: "flat" })).toBe(true);
  expect(holds(defaultChoices, { bots: "off", threads: "chats" })).toBe(false);
});

test("within an administrator's limit is what was chosen, or the limit where that is less", () => {
  const show = (chosen: "whole" | "sender" | "notice", limit?: "whole" | "sender" | "notice") =>
    withinLimits({ ...defaultChoices, show: chosen }, limit === undefined ? {} : { show: limit }).show;
  expect(show("whole")).toBe("whole");
  expect(show("whole", "whole")).toBe("whole");
  expect(show("whole", "sender")).toBe("sender");
  expect(show("notice", "sender")).toBe("notice");
  expect(show("sender", "notice")).toBe("notice");
});
