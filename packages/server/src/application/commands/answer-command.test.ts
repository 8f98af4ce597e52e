import { expect, test } from "bun:test";
import { type Choices, choiceNames, choices, valuesOf } from "../../domain/choices.ts";
import { defaultPreferences } from "../../domain/reader-preferences.ts";
import type { Setup } from "../integration.ts";
import { RecordedLog } from "../testing/observed.ts";
import { answerCommand } from "./answer-command.ts";
import { here, RecordedIntegration } from "./testing/recorded-integration.ts";

const ann = "ann";
const admin = "root";
const notReady: Setup = {
  kind: "not-ready",
  problems: [{ what: "Tenant ID is empty.", doThis: "Copy it from Microsoft Entra." }],
};

type Changes = { userId?: string; setup?: Setup; rootId?: string };

async function ask(line: string, integration: RecordedIntegration, changes: Changes = {}): Promise<string> {
  return (await reply(line, integration, changes)).message;
}

function reply(line: string, integration: RecordedIntegration, changes: Changes = {}) {
  const { userId = ann, setup = { kind: "ready", integration }, rootId = "root" } = changes;
  const log = new RecordedLog();
  const administrators = { isAdministrator: async (id: string) => id === admin };
  const parts = { setup: () => setup, administrators, log };
  const request = {
    userId,
    channelId: "town",
    rootId,
    line: `/msteams ${line}`,
    ephemeralPostId: "post",
  };
  return answerCommand(parts, request);
}

function connected(preferences: Partial<Choices> = {}): RecordedIntegration {
  const integration = new RecordedIntegration();
  integration.account = "ann@example.com";
  integration.preferences = { ...defaultPreferences, ...preferences };
  return integration;
}

const nights = [{ days: [1, 2, 3, 4, 5, 6, 7], from: 20 * 60, to: 8 * 60 }];

test("connect gives a link, and says where it will stand, so that it can be replaced", async () => {
  const integration = new RecordedIntegration();
  expect(await ask("connect", integration)).toContain("(https://chat.example.com/start)");
  expect(integration.asked).toEqual([
    ["start", { userId: ann, channelId: "town", rootId: "root", ephemeralPostId: "post" }],
  ]);
});

test.each([
  ["snooze", { kind: "is", untilMs: undefined, here }, "Messages are not snoozed. Change:"],
  [
    "snooze 2h",
    { kind: "became", untilMs: here.nowMs + 7_200_000, here },
    "Until 23:15 nothing arrives: **snoozed**",
  ],
  [
    "snooze off",
    { kind: "became", untilMs: undefined, here },
    "Snoozing has ended. What was held arrives now.",
  ],
  [
    "snooze 25:00",
    { kind: "not-a-time", typed: "25:00" },
    "`25:00` is no time. Nothing was changed. You can say",
  ],
  [
    "snooze 14:00",
    { kind: "past", typed: "14:00" },
    "`14:00` is over today. Nothing was changed. You can say",
  ],
  ["snooze 8d", { kind: "too-long", typed: "8d" }, "A week is the most"],
  ["snooze 2h", { kind: "not-connected" }, "You are not connected"],
] as const)("who types %p reads what came of it", async (line, snoozed, words) => {
  const integration = connected();
  integration.snoozed = snoozed;
  expect(await ask(line, integration)).toStartWith(words);
  expect(integration.asked).toContainEqual(["snooze", ann, line.split(" ")[1]]);
});

test.each([
  ["quiet", { kind: "is", hours: [], untilMs: undefined, here }, "You have no quiet hours. You can say"],
  ["quiet off", { kind: "became", hours: [], untilMs: undefined, here }, "You have no quiet hours any more."],
  [
    "quiet Daily 20:00-08:00",
    { kind: "became", hours: nights, untilMs: undefined, here },
    "Until tomorrow 08:00 nothing arrives: **quiet hours**. Your quiet hours are `daily 20:00-08:00`;",
  ],
  [
    "quiet at night",
    { kind: "not-understood", part: "at night" },
    "`at night` says no hours of days. Nothing",
  ],
  ["quiet off", { kind: "not-connected" }, "You are not connected"],
] as const)("who types %p is told what is quiet", async (line, quiet, words) => {
  const integration = connected();
  integration.quiet = quiet;
  expect(await ask(line, integration)).toStartWith(words);
  expect(integration.asked).toContainEqual(["quietHours", ann, line.slice("quiet ".length) || undefined]);
});

test("the status says which hours are quiet", async () => {
  const integration = connected();
  integration.preferences = { ...defaultPreferences, quietHours: nights };
  expect(await ask("status", integration)).toContain("Your quiet hours are `daily 20:00-08:00`");
});

test("the status says until when nothing arrives, and nothing of it while notifications are off", async () => {
  const integration = connected();
  integration.preferences = { ...defaultPreferences, snoozedUntilMs: here.nowMs + 3_600_000 };
  expect(await ask("status", integration)).toContain("Until 22:15 nothing arrives: **snoozed**.");
  integration.preferences = { ...integration.preferences, notifications: "off" };
  expect(await ask("status", integration)).not.toContain("snoozed");
  integration.preferences = { ...defaultPreferences, snoozedUntilMs: here.nowMs };
  expect(await ask("status", integration)).not.toContain("snoozed");
});

test.each([
  ["connect", "already connected to Teams as `ann@example.com`"],
  ["disconnect", "no longer connected to Teams as `ann@example.com`"],
  ["status", "connected to Teams as `ann@example.com`. Notifications are **on**"],
  ["notifications", "Notifications are **on**"],
  ["notifications on", "Nothing to change: Notifications are **on**"],
  ["notifications off", "Notifications are **off**"],
])("a connected person who types %p reads %p", async (line, words) => {
  expect(await ask(line, connected())).toContain(words);
});

test("status tells whether files are copied, and who has to connect again for them", async () => {
  const integration = connected();
  integration.files = "copied";
  expect(await ask("status", integration)).toEndWith("Files of messages are copied.");
  integration.preferences = { ...integration.preferences, show: "sender" };
  expect(await ask("status", integration)).not.toContain("Files");
  integration.preferences = { ...integration.preferences, show: "whole" };
  integration.files = "sign-in-missing";
  expect(await ask("status", integration)).toEndWith("To have them copied, type `/msteams connect`.");
});

test("who switched notifications off is told how to switch them on", async () => {
  expect(await ask("status", connected({ notifications: "off" }))).toContain("`/msteams notifications on`");
});

test.each(["disconnect", "status", "notifications", "notifications off", "settings", "settings bots on"])(
  "a person who is not connected and types %p is told how to connect",
  async (line) => {
    expect(await ask(line, new RecordedIntegration())).toBe(
      "You are not connected to Microsoft Teams. Connect with `/msteams connect`.",
    );
  },
);

test("settings shows every choice as it stands and how to change it", async () => {
  const said = await ask("settings", connected({ bots: "on" }));
  expect(said).toContain("- Messages of bots and apps **arrive too**. Change: `/msteams settings bots off`");
  expect(said).toContain("**one below the other**. Change: `/msteams settings threads chats`");
  expect(said).toContain("**a post of its own**. Change: `/msteams settings together on`");
});

test.each([
  ["settings bots on", { bots: "on" }, "**arrive too**"],
  [
    "settings threads chats",
    { threads: "chats" },
    "in **one thread**. Where Mattermost shows collapsed threads",
  ],
  ["settings together on", { together: "on" }, "**share a post**"],
] as const)("%p changes one choice and says what is so from then on", async (line, changes, words) => {
  const integration = connected();
  const said = await ask(line, integration);
  expect(said).toStartWith("From the next message on: ");
  expect(said).toContain(words);
  expect(integration.asked).toEqual([["choose", ann, changes]]);
  expect(await ask(line, integration)).toStartWith("Nothing to change: ");
});

test("a setting that does not exist is answered with those that do", async () => {
  const integration = connected();
  const said = await ask("settings threads `@all`", integration, { setup: notReady });
  expect(said).toContain("There is no `/msteams settings threads '@all'`");
  expect(said).toContain("`/msteams settings threads chats`");
  expect(said).not.toContain("bots");
  const other = await ask("settings dance", integration, { setup: notReady });
  for (const name of choiceNames.filter((each) => choices[each].command[0] === "settings"))
    for (const value of valuesOf(name)) expect(other).toContain(`\`/msteams settings ${name} ${value}\``);
  expect(await ask("notifications maybe", integration)).toContain("`/msteams notifications off`");
  expect(integration.asked).toEqual([]);
});

test("what an administrator does not allow is neither offered nor said to be so", async () => {
  const integration = connected();
  integration.limits = { show: "sender" };
  const limited = "Of messages, **who wrote and in which chat** is shown. Your administrator allows no more.";
  expect(await ask("status", integration)).toContain(limited);
  expect(await ask("settings show", integration)).toBe(
    `${limited} Change: \`/msteams settings show notice\``,
  );
  expect(await ask("settings show whole", integration)).toBe(
    "Your administrator allows no more than `/msteams settings show sender`. Nothing was changed.",
  );
  integration.limits = { show: "notice" };
  expect(await ask("settings show", integration)).not.toContain("Change:");
});

test("status names the choices that differ from the first ones, and no others", async () => {
  const said = await ask("status", connected({ threads: "chats", together: "on" }));
  expect(said).toContain(
    "stand in **one thread**. Messages that one chat brings within some seconds **share a post**.",
  );
  expect(said).not.toContain("bots");
  expect(await ask("status", connected())).not.toContain("thread");
});

test("what is unknown is said back, harmless, with everything that is possible", async () => {
  const said = await ask("`@all` dance", new RecordedIntegration());
  expect(said).toContain("There is no `/msteams '@all' dance`");
  for (const word of [
    "connect",
    "disconnect",
    "status",
    "notifications [on|off]",
    "settings [when|grace|direct|groups|meetings|bots|show|threads|together]",
    "help",
  ]) {
    expect(said).toContain(`\`/msteams ${word}\``);
  }
});

test("help works before anything is set up", async () => {
  expect(await ask("help", new RecordedIntegration(), { setup: notReady })).toContain("`/msteams connect`");
});

test("before it is set up people are sent to their administrator, who reads what is missing", async () => {
  const integration = new RecordedIntegration();
  for (const line of ["connect", "status", "disconnect"]) {
    expect(await ask(line, integration, { setup: notReady })).toContain("not set up yet");
    expect(await ask(line, integration, { setup: notReady })).not.toContain("Tenant ID");
  }
  expect(await ask("status", integration, { setup: notReady, userId: admin })).toContain(
    "- Tenant ID is empty. Copy it from Microsoft Entra.",
  );
});

test("status shows administrators counts and what stands in the way", async () => {
  const said = await ask("status", connected(), { userId: admin });
  expect(said).toContain("2 people are connected; 1 of 2 subscriptions at Microsoft are active.");
  expect(said).toContain("1 × Microsoft forbids it");
  expect(await ask("status", connected())).not.toContain("subscriptions");
});

test("status shows administrators what Microsoft refuses, what waits and what was given up", async () => {
  const integration = connected();
  integration.changedOverview = {
    access: [
      { owner: "application", area: "presence", code: "forbidden", sinceMs: 1 },
      { owner: "ben", area: "messages", code: "forbidden", sinceMs: 1 },
    ],
    backlog: { pending: 7, held: 5, dead: 3 },
    waitingToCatchUp: 5,
    noCatchUp: "not-in-this-cloud",
    peopleWithoutFiles: 4,
  };
  const said = await ask("status", integration, { userId: admin });
  for (const words of [
    "grant Presence.Read.All",
    "each told so by the bot: 1.",
    "wait to be worked on: 7.",
    "held until a time their readers chose: 5.",
    "given up: 3; see `/msteams admin failures`",
    "wait to be read again: 5.",
    "China cloud",
    "not copied until they connect again: 4.",
  ])
    expect(said).toContain(words);
  expect(said).not.toContain("ben");
});

test.each(["catch-up", "failures", "replay all", "replay 1", "disconnect ann"])(
  "who is no administrator cannot type admin %p, and nothing happens",
  async (line) => {
    const integration = connected();
    expect(await ask(`admin ${line}`, integration)).toBe("Only system administrators can do this.");
    expect(integration.asked).toEqual([]);
  },
);

test("help and unknown words offer administration to administrators only", async () => {
  for (const line of ["help", "nonsense", "admin"]) {
    expect(await ask(line, connected())).not.toContain("admin ");
    expect(await ask(line, connected(), { userId: admin })).toContain("`/msteams admin replay [id|all]`");
  }
});

test("an administrator begins to catch up, or reads why that is impossible", async () => {
  const integration = connected();
  const catchUp = () => ask("admin catch-up", integration, { userId: admin });
  expect(await catchUp()).toContain("last 24 hours of 2 people are read again");
  integration.catchUpAnswer = { kind: "impossible", why: "not-in-this-cloud" };
  expect(await catchUp()).toContain("China cloud offers no way");
  integration.catchUpAnswer = { kind: "impossible", why: "switched-off" };
  expect(await catchUp()).toContain("*Sync notifications* is switched off");
});

test("an administrator sees what was given up: ids, times and reasons", async () => {
  const integration = connected();
  const failures = () => ask("admin failures", integration, { userId: admin });
  expect(await failures()).toContain("No notification was given up");
  integration.failed = Array.from({ length: 20 }, (_, number) => ({
    id: 20 - number,
    reason: number === 0 ? "gone | `in` teams" : "gone-in-teams",
    failedAtMs: Date.UTC(2026, 10, 23, 14, 5),
  }));
  const said = await failures();
  expect(said).toContain("**20 notifications were given up**, the newest 15 of them:");
  expect(said).toContain("| 19 | 2026-11-23 14:05 UTC | gone-in-teams |");
  expect(said).toContain("| 20 | 2026-11-23 14:05 UTC | gone    in  teams |");
  expect(said).not.toContain("| 5 |");
});

test.each([
  ["replay all", "2 notifications are at work again"],
  ["replay 7", "1 notification is at work again"],
  ["replay 9", "No notification with id 9 was given up"],
])("an administrator who types admin %s reads %p", async (line, words) => {
  const integration = connected();
  integration.failed = [7, 8].map((id) => ({ id, reason: "gone-in-teams", failedAtMs: 1 }));
  expect(await ask(`admin ${line}`, integration, { userId: admin })).toContain(words);
});

test.each([
  ["disconnect @ann", "`@ann` is no longer connected to Teams as `ann@example.com`. The bot has told them."],
  ["disconnect ben", "There is no `@ben` in Mattermost. Nothing was changed."],
])("an administrator who types admin %s reads %p", async (line, words) => {
  expect(await ask(`admin ${line}`, connected(), { userId: admin })).toBe(words);
});

test("an administrator reads that the person was not connected", async () => {
  const said = await ask("admin disconnect ann", new RecordedIntegration(), { userId: admin });
  expect(said).toBe("`@ann` is not connected to Teams. Nothing was changed.");
});

test("administration before anything is set up shows what is missing", async () => {
  const said = await ask("admin failures", connected(), { setup: notReady, userId: admin });
  expect(said).toContain("Tenant ID is empty.");
});

test("a failure is told without its words, and nothing is thrown", async () => {
  const integration = connected();
  integration.failure = new Error("secret detail");
  const said = await ask("status", integration);
  expect(said).toContain("please try again");
  expect(said).not.toContain("secret");
});
