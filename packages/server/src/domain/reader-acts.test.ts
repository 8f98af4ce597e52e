import { expect, test } from "bun:test";
import { lastActAt } from "./reader-acts.ts";
import { chatMessageJson } from "./testing/chat-messages.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 14, minute)).toISOString();
const reaction = (id: string, minute: number) => ({
  reactionType: "like",
  createdDateTime: at(minute),
  user: { application: null, user: { id, displayName: null } },
});
const by = (id: string) => ({ user: { id, displayName: "Ann" }, application: null });

test.each([
  ["wrote it", { from: by("ANN-ID"), createdDateTime: at(1) }, 1],
  ["edited it later", { from: by("ann-id"), createdDateTime: at(1), lastEditedDateTime: at(5) }, 5],
  ["reacted to another's", { from: by("ben-id"), reactions: [reaction("ann-id", 7)] }, 7],
  [
    "reacted to it more than once",
    { from: by("ben-id"), reactions: [reaction("Ann-Id", 9), reaction("ann-id", 3), reaction("ben-id", 20)] },
    9,
  ],
])("a person who %s acted then", (_what, change, minute) => {
  expect(lastActAt(chatMessageJson(change), "ann-id")).toBe(Date.parse(at(minute)));
});

test.each([
  ["another's message", chatMessageJson({ from: by("ben-id"), reactions: [reaction("ben-id", 2)] })],
  ["a message that someone else edited", chatMessageJson({ from: null, lastEditedDateTime: at(5) })],
  ["a reaction without a time", chatMessageJson({ from: null, reactions: [{ user: by("ann-id") }] })],
  ["an application's message", chatMessageJson({ from: { user: null, application: { id: "ann-id" } } })],
  ["nothing at all", null],
])("%s shows no act of theirs", (_what, json) => {
  expect(lastActAt(json, "ann-id")).toBeUndefined();
});
