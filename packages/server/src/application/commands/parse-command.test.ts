import { expect, test } from "bun:test";
import { type CommandWord, msteamsCommand } from "./command-words.ts";
import { parseCommand } from "./parse-command.ts";

test.each([
  ["/msteams", { kind: "help" }],
  ["/msteams help", { kind: "help" }],
  ["/msteams connect", { kind: "connect" }],
  ["/MSTeams  Connect ", { kind: "connect" }],
  ["/msteams disconnect", { kind: "disconnect" }],
  ["/msteams status", { kind: "status" }],
  ["/msteams notifications", { kind: "choice-status", name: "notifications" }],
  ["/msteams notifications status", { kind: "choice-status", name: "notifications" }],
  ["/msteams notifications on", { kind: "choose", name: "notifications", value: "on" }],
  ["/msteams\tnotifications  OFF", { kind: "choose", name: "notifications", value: "off" }],
  ["/msteams settings", { kind: "settings" }],
  ["/msteams Settings  Bots", { kind: "choice-status", name: "bots" }],
  ["/msteams settings bots maybe", { kind: "choice-unknown", typed: "settings bots maybe", names: ["bots"] }],
  [
    "/msteams settings bots on off",
    { kind: "choice-unknown", typed: "settings bots on off", names: ["bots"] },
  ],
  ["/msteams connect now", { kind: "unknown", typed: "connect now" }],
  [
    "/msteams notifications toString",
    { kind: "choice-unknown", typed: "notifications toString", names: ["notifications"] },
  ],
  ["/msteams chats", { kind: "chats" }],
  ["/msteams why", { kind: "why" }],
  ["/msteams mute", { kind: "mute", name: "", until: undefined, mentions: true }],
  ["/msteams MUTE 1H", { kind: "mute", name: "", until: "1H", mentions: true }],
  [
    "/msteams mute Harbour  Project",
    { kind: "mute", name: "Harbour Project", until: undefined, mentions: true },
  ],
  ["/msteams mute Harbour tomorrow", { kind: "mute", name: "Harbour", until: "tomorrow", mentions: true }],
  [
    "/msteams mute Harbour 2h without-mentions",
    { kind: "mute", name: "Harbour", until: "2h", mentions: false },
  ],
  ["/msteams mute Harbour 25:00", { kind: "mute", name: "Harbour", until: "25:00", mentions: true }],
  ['/msteams mute "Sprint 2h" 1d', { kind: "mute", name: "Sprint 2h", until: "1d", mentions: true }],
  ["/msteams mute Budget 2026", { kind: "mute", name: "Budget 2026", until: undefined, mentions: true }],
  ["/msteams unmute", { kind: "unmute", name: "" }],
  ['/msteams unmute "Sprint 2h"', { kind: "unmute", name: "Sprint 2h" }],
  ["/msteams admin", { kind: "help" }],
  ["/msteams admin catch-up", { kind: "admin-catch-up" }],
  ["/msteams Admin Failures", { kind: "admin-failures" }],
  ["/msteams admin disconnect @Ann.Lee", { kind: "admin-disconnect", username: "ann.lee" }],
  ["/msteams admin disconnect ann", { kind: "admin-disconnect", username: "ann" }],
  ["/msteams admin disconnect", { kind: "unknown", typed: "admin disconnect" }],
  ["/msteams admin disconnect ann ben", { kind: "unknown", typed: "admin disconnect ann ben" }],
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
  const lines = ({ word, next, values = [] }: CommandWord): string[] => [
    word,
    ...[...next.flatMap(lines), ...values.map((value) => value.word)].map((after) => `${word} ${after}`),
  ];
  const all = lines(msteamsCommand);
  expect(all).toContain("msteams settings threads chats");
  // Whom to disconnect must be said.
  const incomplete = ["msteams admin disconnect"];
  for (const line of all.filter((each) => !incomplete.includes(each)))
    expect(parseCommand(`/${line}`).kind).not.toMatch("unknown");
});

test("a setting is read in any case, with whatever spaces", () => {
  const parsed = parseCommand("/msteams  SETTINGS threads\tChats");
  expect(parsed).toEqual({ kind: "choose", name: "threads", value: "chats" });
});
