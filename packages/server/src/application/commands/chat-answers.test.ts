import { expect, test } from "bun:test";
import type { Setup } from "../integration.ts";
import { RecordedLog } from "../testing/observed.ts";
import { answerCommand } from "./answer-command.ts";
import { type ButtonPress, pressOf, readPress } from "./button-press.ts";
import { pressButton } from "./press-button.ts";
import { RecordedIntegration } from "./testing/recorded-integration.ts";

const chat = {
  chatId: "19:harbour@thread.v2",
  kind: "group",
  label: "Harbour *project*",
  mute: undefined,
} as const;

function connected(): RecordedIntegration {
  const integration = new RecordedIntegration();
  integration.account = "ann@example.com";
  integration.chatList = [chat];
  return integration;
}

function ask(line: string, integration: RecordedIntegration, rootId?: string) {
  const setup = (): Setup => ({ kind: "ready", integration });
  const parts = { setup, administrators: { isAdministrator: async () => false }, log: new RecordedLog() };
  const place = { channelId: "town", rootId, ephemeralPostId: "post" };
  return answerCommand(parts, { userId: "ann", line: `/msteams ${line}`, ...place });
}

test("chats lists the last chats with their state and buttons to mute them", async () => {
  const { message, parts = [] } = await ask("chats", connected());
  expect(message).toStartWith("**Your last Teams chats.**");
  expect(parts.map(({ text }) => text.replaceAll("\u200b", ""))).toEqual([
    "**Harbour \\*project\\*** (group chat): not muted",
  ]);
  const { chatId } = chat;
  expect(parts[0]?.buttons).toEqual([
    { label: "Mute for an hour", press: { does: "mute", chat: chatId, until: "1h", view: "list" } },
    {
      label: "Mute until tomorrow",
      press: { does: "mute", chat: chatId, until: "tomorrow", view: "list" },
    },
    {
      label: "Mute until you unmute it",
      press: { does: "mute", chat: chatId, until: "always", view: "list" },
    },
  ]);
});

test("a list of very many muted chats names the last of them without buttons", async () => {
  const integration = connected();
  integration.chatList = Array.from({ length: 22 }, (_, index) => ({ ...chat, label: `Chat ${index + 1}` }));
  const { message, parts } = await ask("chats", integration);
  expect(message).toEndWith("Muted besides: **Chat 21**, **Chat 22**");
  expect(parts?.length).toBe(20);
});

test("muting says until when, what still arrives, and offers to unmute", async () => {
  const integration = connected();
  const said = await ask("mute harbour 1h", integration);
  expect(said.message.replaceAll("\u200b", "")).toBe(
    "**Harbour \\*project\\*** is muted until 22:15. What mentions you still arrives, unless you add `without-mentions` to the command.",
  );
  expect(said.parts?.[0]?.buttons.map(({ label }) => label)).toEqual(["Unmute"]);
  expect(integration.asked).toEqual([
    ["mute", "ann", { chat: { kind: "typed", name: "harbour" }, until: "1h", mentions: true }],
  ]);
});

test("muting can take mentions in", async () => {
  const { message } = await ask("mute harbour without-mentions", connected());
  expect(message).toContain(
    "muted until you unmute it, mentions of you included. What mentions you does not",
  );
});

test("without a name the chat of the thread is meant, if there is one", async () => {
  const integration = connected();
  await ask("mute tomorrow", integration, "root");
  await ask("unmute", integration, "root");
  await ask("mute", integration);
  const post = { kind: "post", postId: "root" };
  expect(integration.asked).toEqual([
    ["mute", "ann", { chat: post, until: "tomorrow", mentions: true }],
    ["unmute", "ann", post],
    ["mute", "ann", { chat: { kind: "typed", name: "" }, until: undefined, mentions: true }],
  ]);
});

test("status says how many chats are muted, if any", async () => {
  const integration = connected();
  expect((await ask("status", integration)).message).not.toContain("muted");
  await ask("mute harbour", integration);
  expect((await ask("status", integration)).message).toContain("One chat is **muted**: `/msteams chats`.");
  integration.chatList = [...integration.chatList, ...integration.chatList];
  expect((await ask("status", integration)).message).toContain("2 chats are **muted**");
});

test("unmuting says so, or that there was nothing to unmute", async () => {
  const integration = connected();
  expect((await ask("unmute harbour", integration)).message).toStartWith("Nothing to change: **Harbour");
  await ask("mute harbour", integration);
  expect((await ask("unmute harbour", integration)).message).toEndWith(" is no longer muted.");
});

const here = { nowMs: 0, timeZone: "UTC" };
test.each([
  [
    { kind: "unknown-chat", typed: "`@all`", chats: [chat] },
    ["called `'@all'`. Nothing was changed.", "- **Harbour"],
  ],
  [{ kind: "unknown-chat", typed: "x", chats: [] }, ["No Teams chat has brought you anything yet."]],
  [
    { kind: "several", typed: "harbour", chats: [chat, chat] },
    ["Several chats are called `harbour`", "- **Harbour"],
  ],
  [{ kind: "not-a-time", typed: "25:00" }, ["`25:00` is no time. Nothing was changed. You can say `30m`"]],
  [{ kind: "past", typed: "9:00" }, ["`9:00` is over today. Nothing was changed. You can say"]],
  [{ kind: "no-chat", chats: [chat], here }, ["Say which chat: `/msteams mute <name>`"]],
  [{ kind: "too-many" }, ["You have muted 100 chats", "Nothing was changed."]],
] as const)("what cannot be done (%j) is answered with what can", async (refusal, words) => {
  const integration = connected();
  integration.refusal = refusal;
  const { message } = await ask("mute whatever", integration);
  for (const word of words) expect(message).toContain(word);
});

test.each(["chats", "mute harbour", "unmute harbour"])("%s needs a connection", async (line) => {
  expect((await ask(line, new RecordedIntegration())).message).toContain("Connect with `/msteams connect`");
});

test("a button in the list shows the list anew, one below a chat that chat alone", async () => {
  const integration = connected();
  const press = { chatId: chat.chatId, does: "mute", until: "1h" } as const;
  const list = await pressButton(integration, "ann", { ...press, view: "list" });
  expect(list.parts?.[0]?.text).toContain("muted until 22:15");
  expect(integration.asked[0]).toEqual([
    "mute",
    "ann",
    { chat: { kind: "id", chatId: chat.chatId }, until: "1h", mentions: true },
  ]);
  const one = await pressButton(integration, "ann", { chatId: chat.chatId, does: "unmute", view: "one" });
  expect(one.message).toEndWith("is no longer muted.");
});

test("what a button says is read again, and nothing else is", () => {
  const presses: ButtonPress[] = [
    { does: "mute", chatId: "19:a", until: "tomorrow", view: "one" },
    { does: "unmute", chatId: "19:a", view: "list" },
  ];
  for (const press of presses) expect(readPress({ ...pressOf(press), root: "r" })).toEqual(press);
  for (const none of [
    undefined,
    "",
    {},
    { does: "delete", chat: "a", view: "one" },
    { does: "mute", chat: "" },
  ])
    expect(readPress(none)).toBeUndefined();
});
