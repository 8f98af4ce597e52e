import { expect, test } from "bun:test";
import { defaultPreferences } from "../../domain/reader-preferences.ts";
import { ann } from "../subscriptions/testing/graph.ts";
import { PermanentFailure } from "../work-failure.ts";
import { chatMessageRules } from "./chat-message-rules.ts";

const rules = chatMessageRules({
  render: (message) => ({ message: message.body.content }),
  renderThread: (message) => message.chatId,
});
const json = {
  id: "1790000000000",
  chatId: "19:group@thread.v2",
  messageType: "message",
  createdDateTime: "2026-11-23T14:00:00Z",
  from: { user: { id: "teams-ben", displayName: "Ben", userIdentityType: "aadUser" } },
  body: { contentType: "text", content: "hello" },
};
const absent = { connection: ann, presence: "unreachable", preferences: defaultPreferences } as const;

test("a message is read into what the pipeline asks of it", () => {
  const message = rules.read(json, "created");
  expect(rules.facts(message)).toEqual({
    chatId: "19:group@thread.v2",
    messageId: "1790000000000",
    sentAtMs: Date.UTC(2026, 10, 23, 14),
    changedAtMs: Date.UTC(2026, 10, 23, 14),
    isWithdrawn: false,
    changesChat: false,
  });
  expect(rules.decide(message, absent)).toEqual({ kind: "deliver", because: "presence-unreachable" });
  expect(rules.render(message, ann, undefined)).toEqual({ message: "hello" });
});

test("the reader's own message is suppressed whatever their presence", () => {
  const own = rules.read({ ...json, from: { user: { id: ann.teamsUserId } } }, "created");
  expect(rules.decide(own, absent)).toEqual({ kind: "suppress", reason: "own-message" });
});

test("a system event makes the pipeline look the chat up again", () => {
  const renamed = {
    ...json,
    eventDetail: { "@odata.type": "#microsoft.graph.chatRenamedEventMessageDetail" },
  };
  expect(rules.facts(rules.read(renamed, "created")).changesChat).toBe(true);
});

test.each([null, "text", {}, { id: 1 }])("%p is no chat message, which no repetition cures", (bad) => {
  expect(() => rules.read(bad, "created")).toThrow(PermanentFailure);
});

test("who wrote a message is told again when it is rendered without its sender", () => {
  const named = chatMessageRules({
    render: (_, { sender }) => ({ message: sender?.kind === "user" ? (sender.displayName ?? "") : "" }),
    renderThread: () => "thread",
  });
  const author = named.author(named.read(json, "created"));
  const deleted = named.read({ ...json, from: null, deletedDateTime: "2026-11-23T15:00:00Z" }, "deleted");
  expect(named.render(deleted, ann, undefined, { author })).toEqual({ message: "Ben" });
  expect(named.author(deleted)).toBeNull();
  expect(named.render(deleted, ann, undefined)).toEqual({ message: "" });
});

test("a deletion that does not say when is later than what it holds", () => {
  const deleted = rules.read(json, "deleted");
  expect(rules.facts(deleted).changedAtMs).toBe(Date.UTC(2026, 10, 23, 14) + 1);
  expect(rules.fingerprint(deleted, "whole")).not.toBe(
    rules.fingerprint(rules.read(json, "updated"), "whole"),
  );
});

test("a post remembers the name of its author, for when Graph does not say it", () => {
  const named = rules.read(json, "created");
  expect([...rules.namesIn(rules.author(named))]).toEqual([["teams-ben", "Ben"]]);
  const unnamed = rules.read(
    { ...json, from: { user: { ...json.from.user, displayName: null } } },
    "updated",
  );
  expect([...rules.namesIn(rules.author(unnamed))]).toEqual([]);
  expect(rules.unnamed(unnamed)).toEqual(["teams-ben"]);
  expect(rules.withNames(unnamed, rules.namesIn(rules.author(named)))).toEqual(named);
});
