import { expect, test } from "bun:test";
import { RecordedIntegration } from "../../application/commands/testing/recorded-integration.ts";
import { served } from "./testing/served.ts";

const id = (letter: string) => letter.repeat(26);
const chat = { chatId: "19:harbour@thread.v2", kind: "group", label: "Harbour", mute: undefined } as const;
const muted = {
  ...chat,
  chatId: "19:b",
  label: "Old",
  mute: { chatId: "19:b", untilMs: undefined, mentions: true },
};

function world() {
  const integration = new RecordedIntegration();
  integration.account = "ann@example.com";
  integration.chatList = [chat, muted];
  return { integration, ...served(integration) };
}

const press = (context: Record<string, unknown>, change: Record<string, unknown> = {}) =>
  JSON.stringify({ post_id: id("p"), channel_id: id("c"), context, ...change });
const unmute = { does: "unmute", chat: "19:b", view: "list", root: id("r") };

test("autocomplete is offered a person's chats, and the muted ones to be unmuted", async () => {
  const { ask } = world();
  const recent = await ask("GET", "/api/v1/suggestions/recent-chats?user_input=x", { as: "ann" });
  expect(await recent.json()).toEqual([
    { Item: "Harbour", Hint: "", HelpText: "" },
    { Item: "Old", Hint: "muted", HelpText: "" },
  ]);
  const offered = await ask("GET", "/api/v1/suggestions/muted-chats", { as: "ann" });
  expect(await offered.json()).toEqual([{ Item: "Old", Hint: "muted", HelpText: "" }]);
});

test("autocomplete is offered nothing to who is not connected, and before it is set up", async () => {
  const { integration, ask } = world();
  integration.account = undefined;
  expect(await (await ask("GET", "/api/v1/suggestions/recent-chats", { as: "ann" })).json()).toEqual([]);
  const before = await served().ask("GET", "/api/v1/suggestions/recent-chats", { as: "ann" });
  expect(await before.json()).toEqual([]);
});

test("a press does what its button says and replaces the post it stands in", async () => {
  const { integration, ask, shown } = world();
  const answer = await ask("POST", "/api/v1/buttons", { as: "ann", body: press(unmute) });
  expect([answer.status, await answer.json()]).toEqual([200, {}]);
  expect(integration.asked[0]).toEqual(["unmute", "ann", { kind: "id", chatId: "19:b" }]);
  expect(shown).toMatchObject([
    {
      what: "update",
      userId: "ann",
      place: { channelId: id("c"), rootId: id("r") },
      post: { id: id("p"), message: expect.stringContaining("Your last Teams chats"), parts: [{}, {}] },
    },
  ]);
});

test("what is no press does nothing", async () => {
  const { integration, ask, shown } = world();
  const bodies = [
    "{",
    "[]",
    press({ ...unmute, does: "delete" }),
    press(unmute, { post_id: "../x" }),
    press({}),
  ];
  for (const body of bodies)
    expect((await ask("POST", "/api/v1/buttons", { as: "ann", body })).status).toBe(400);
  expect([integration.asked, shown]).toEqual([[], []]);
});

test("nobody's press, and one before it is set up, does nothing", async () => {
  const { ask, shown } = world();
  expect((await ask("POST", "/api/v1/buttons", { body: press(unmute) })).status).toBe(401);
  expect((await served().ask("POST", "/api/v1/buttons", { as: "ann", body: press(unmute) })).status).toBe(
    503,
  );
  expect(shown).toEqual([]);
});

test("the menu of a post shows how its chat is muted, with buttons, where the person is", async () => {
  const { integration, ask, shown } = world();
  const place = { channelId: id("c"), rootId: "" };
  const path = `/api/v1/posts/${id("p")}/mute`;
  expect((await ask("POST", path, { as: "ann", body: JSON.stringify(place) })).status).toBe(204);
  expect(integration.asked).toEqual([["chatOfPost", "ann", id("p")]]);
  expect(shown).toMatchObject([
    {
      what: "send",
      userId: "ann",
      place: { channelId: id("c"), rootId: undefined },
      post: { id: id("n"), message: "**Harbour** is not muted.", parts: [{ buttons: [{}, {}, {}] }] },
    },
  ]);
  expect((await ask("POST", path, { as: "ann", body: "{}" })).status).toBe(400);
});

test("the menu of a post tells why it arrived", async () => {
  const { integration, ask, shown } = world();
  const body = JSON.stringify({ channelId: id("c"), rootId: id("r") });
  expect((await ask("POST", `/api/v1/posts/${id("p")}/why`, { as: "ann", body })).status).toBe(204);
  expect(integration.asked).toEqual([["decisionOfPost", "ann", id("p")]]);
  expect(shown).toMatchObject([
    { what: "send", place: { rootId: id("r") }, post: { message: expect.stringContaining("no message") } },
  ]);
});

test("a person's chats are told with how they are muted, and are muted otherwise", async () => {
  const { integration, ask } = world();
  const chats = async () => (await ask("GET", "/api/v1/chats", { as: "ann" })).json();
  const old = { chatId: "19:b", label: "Old", kind: "group chat", mute: { mentions: true } };
  const harbour = { chatId: chat.chatId, label: "Harbour", kind: "group chat" };
  expect(await chats()).toEqual({ chats: [harbour, old] });
  const put = (body: unknown) => ask("PUT", "/api/v1/chats", { as: "ann", body: JSON.stringify(body) });
  const muted = await put({ chatId: chat.chatId, until: "1h", mentions: false });
  expect(await muted.json()).toEqual({
    chats: [{ ...harbour, mute: { until: "22:15", mentions: false } }, old],
  });
  await put({ chatId: chat.chatId, until: "as-it-is", mentions: true });
  expect(await (await put({ chatId: chat.chatId, until: "off", mentions: true })).json()).toEqual({
    chats: [harbour, old],
  });
  const reference = { kind: "id", chatId: chat.chatId };
  expect(integration.asked.filter((asked) => Array.isArray(asked) && asked[0] !== "chats")).toEqual([
    ["mute", "ann", { chat: reference, mentions: false, until: "1h" }],
    ["mute", "ann", { chat: reference, mentions: true, keepsEnd: true }],
    ["unmute", "ann", reference],
  ]);
});

test("what is no way to mute changes nothing, and too many are said to be", async () => {
  const { integration, ask } = world();
  const put = (body: unknown) => ask("PUT", "/api/v1/chats", { as: "ann", body: JSON.stringify(body) });
  for (const body of [
    {},
    { chatId: "", until: "1h", mentions: true },
    { chatId: "a", until: "2h", mentions: true },
  ])
    expect((await put(body)).status).toBe(400);
  expect(integration.asked).toEqual([]);
  integration.refusal = { kind: "too-many" };
  const refused = await put({ chatId: "19:a", until: "1h", mentions: true });
  expect([refused.status, await refused.json()]).toEqual([
    409,
    { message: expect.stringContaining("You have muted 100 chats") },
  ]);
});

test("who is not connected has no chats, and before it is set up there are none", async () => {
  const { integration, ask } = world();
  integration.account = undefined;
  expect(await (await ask("GET", "/api/v1/chats", { as: "ann" })).json()).toEqual({});
  expect((await served().ask("GET", "/api/v1/chats", { as: "ann" })).status).toBe(503);
});
