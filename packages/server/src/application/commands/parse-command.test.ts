import { expect, test } from "bun:test";
import { msteamsCommand } from "./command-words.ts";
import { parseCommand } from "./parse-command.ts";

test.each([
  ["/msteams", { kind: "help" }],
  ["/msteams help", { kind: "help" }],
  ["/msteams connect", { kind: "connect" }],
  ["/MSTeams  Connect ", { kind: "connect" }],
  ["/msteams disconnect", { kind: "disconnect" }],
  ["/msteams status", { kind: "status" }],
  ["/msteams notifications", { kind: "notifications-status" }],
  ["/msteams notifications status", { kind: "notifications-status" }],
  ["/msteams notifications on", { kind: "notifications", on: true }],
  ["/msteams\tnotifications  OFF", { kind: "notifications", on: false }],
  ["/msteams connect now", { kind: "unknown", typed: "connect now" }],
  ["/msteams notifications maybe", { kind: "unknown", typed: "notifications maybe" }],
  ["/msteams admin", { kind: "help" }],
  ["/msteams admin catch-up", { kind: "admin-catch-up" }],
  ["/msteams Admin Failures", { kind: "admin-failures" }],
  ["/msteams admin replay", { kind: "admin-failures" }],
  ["/msteams admin replay ALL", { kind: "admin-replay", which: "all" }],
  ["/msteams admin replay 42", { kind: "admin-replay", which: 42 }],
  ["/msteams admin replay -1", { kind: "unknown", typed: "admin replay -1" }],
  [
    "/msteams admin replay 12345678901234567890",
    { kind: "unknown", typed: "admin replay 12345678901234567890" },
  ],
  ["/msteams toString", { kind: "unknown", typed: "toString" }],
] as const)("%p is read as %p", (line, command) => {
  expect(parseCommand(line)).toEqual(command);
});

test("every word that autocomplete offers is understood", () => {
  const lines = msteamsCommand.next.flatMap(({ word, next }) => [
    word,
    ...next.map((following) => `${word} ${following.word}`),
  ]);
  expect(lines.length).toBeGreaterThan(6);
  for (const line of lines) expect(parseCommand(`/msteams ${line}`).kind).not.toBe("unknown");
});
