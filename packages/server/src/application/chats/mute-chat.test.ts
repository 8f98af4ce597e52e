import { describe, expect, test } from "bun:test";
import type { Mute } from "../../domain/mute.ts";
import { listChats, mostNamed, namesWithinMs } from "./list-chats.ts";
import { mostMutes, muteChat, unmuteChat } from "./mute-chat.ts";
import { ChatWorld, chatOf, reader } from "./testing/chat-world.ts";

const harbour = chatOf("19:harbour@thread.v2", "Harbour project", "Ben");
const harbourToo = chatOf("19:other@thread.v2", "Harbour Project", "Cem");
const nameless = chatOf("19:meeting_x@thread.v2", undefined, "Ben", "Cem");
const hourMs = 3_600_000;

const typed = (name: string) => ({ kind: "typed", name }) as const;
const labels = async (world: ChatWorld) =>
  (await listChats(world.ports, reader.userId))?.chats.map(({ label }) => label);
const mute = (world: ChatWorld, name: string, until?: string, mentions = true) =>
  muteChat(world.ports, reader.userId, { chat: typed(name), until, mentions });
const mutes = async (world: ChatWorld) => (await world.preferences.of(reader.userId)).mutes;

describe("a person's chats", () => {
  test("have the names that tell them apart, by topic or by who is in them", async () => {
    const world = new ChatWorld(harbour, nameless);
    expect(await labels(world)).toEqual(["Harbour project", "Ben and Cem"]);
  });

  test("with the same name have a short sign besides", async () => {
    const [one = "", other = ""] = (await labels(new ChatWorld(harbour, harbourToo))) ?? [];
    expect(one).toMatch(/^Harbour project #[0-9a-f]{6}$/);
    expect(other).toMatch(/^Harbour Project #[0-9a-f]{6}$/);
    expect(one.slice(-6)).not.toBe(other.slice(-6));
  });

  test("whose name Microsoft does not tell in time are told by their kind", async () => {
    const world = new ChatWorld(harbour, nameless);
    world.known.set(nameless.id, new Promise(() => {}));
    world.known.set(harbour.id, new Error("unreachable"));
    const listed = labels(world);
    while (world.timers.pending === 0) await new Promise(setImmediate);
    world.timers.advance(namesWithinMs);
    expect(await listed).toEqual([
      expect.stringMatching(/^Group chat #/),
      expect.stringMatching(/^Meeting chat #/),
    ]);
  });

  test("of others are never named, whatever stands in the preferences", async () => {
    const world = new ChatWorld();
    world.known.set("19:secret@thread.v2", {
      ...chatOf("19:secret@thread.v2", "Secret"),
      members: [{ teamsUserId: "teams-ben", displayName: "Ben" }],
    });
    const forged = { chatId: "19:secret@thread.v2", untilMs: undefined, mentions: true };
    await world.preferences.mute(reader.userId, forged);
    expect(await labels(world)).toEqual([expect.stringMatching(/^Group chat #/)]);
  });

  test("are not named, and nobody is asked for names, where names of chats are not shown", async () => {
    const world = new ChatWorld(harbour);
    world.ports = { ...world.ports, limits: { show: "notice" } };
    expect(await labels(world)).toEqual([expect.stringMatching(/^Group chat #/)]);
    expect(world.asked).toEqual([]);
  });

  test("that are very many are named as far as Microsoft should be asked, and told by their signs beyond", async () => {
    const world = new ChatWorld(harbour);
    for (let each = 0; each < mostNamed; each += 1)
      await world.preferences.mute(reader.userId, {
        chatId: `19:${each}@thread.v2`,
        untilMs: undefined,
        mentions: true,
      });
    expect((await labels(world))?.at(-1)).toMatch(/^Group chat #[0-9a-f]{6}$/);
    expect(world.asked.length).toBe(mostNamed);
  });

  test("that are muted are listed although they brought nothing lately, until their time is over", async () => {
    const world = new ChatWorld(harbour, nameless);
    await mute(world, "Ben and Cem", "1h");
    world.recent = [harbour.id];
    expect(await labels(world)).toEqual(["Harbour project", "Ben and Cem"]);
    world.clock.nowMs += hourMs;
    expect(await labels(world)).toEqual(["Harbour project"]);
  });
});

describe("muting a chat", () => {
  test.each([
    ["Harbour project", undefined, undefined],
    ["harbour", "1h", hourMs],
    ["HARBOUR  PROJECT", "22:15", hourMs],
    ["Harbour project", "tomorrow", 12.75 * hourMs],
    ["Harbour project", "always", undefined],
  ])("%p until %p holds for %p ms", async (name, until, forMs) => {
    const world = new ChatWorld(harbour, nameless);
    const nowMs = world.clock.now();
    expect((await mute(world, name, until)).kind).toBe("muted");
    const untilMs = forMs === undefined ? undefined : nowMs + forMs;
    expect(await mutes(world)).toEqual([{ chatId: harbour.id, untilMs, mentions: true }]);
    expect(world.told).toEqual([reader.userId]);
  });

  test("is in the time zone of who asks, and in UTC for who has none", async () => {
    const world = new ChatWorld(harbour);
    world.timeZone = "Nowhere";
    const muted = await mute(world, "harbour", "19:30");
    expect(muted).toMatchObject({ chat: { mute: { untilMs: Date.UTC(2026, 9, 24, 19, 30) } } });
  });

  test("again takes the place of the mute before", async () => {
    const world = new ChatWorld(harbour);
    await mute(world, "harbour", "1h");
    await mute(world, "harbour", undefined, false);
    expect(await mutes(world)).toEqual([{ chatId: harbour.id, untilMs: undefined, mentions: false }]);
  });

  test("can change whether mentions arrive and keep its end", async () => {
    const world = new ChatWorld(harbour);
    await mute(world, "harbour", "1h");
    const [before] = await mutes(world);
    world.clock.nowMs += 1_000;
    const chat = { kind: "id", chatId: harbour.id } as const;
    await muteChat(world.ports, reader.userId, { chat, keepsEnd: true, mentions: false });
    expect(await mutes(world)).toEqual([{ ...before, chatId: harbour.id, mentions: false } as Mute]);
  });

  test("of a post is the chat of that post, or of its thread", async () => {
    const world = new ChatWorld(harbour, nameless);
    const channelId = await world.posts.directChannel(reader.userId);
    const keys = [`${harbour.id}/17`, `${nameless.id}/thread-1`, "welcome:1"];
    const [message, thread, welcome] = await Promise.all(
      keys.map(async (key) => (await world.posts.create(channelId, { key, message: "" })).postId),
    );
    const others = await world.posts.create("dm-ben", { key: `${harbour.id}/18`, message: "" });
    const muted = (postId = "") =>
      muteChat(world.ports, reader.userId, { chat: { kind: "post", postId }, mentions: true });
    expect(await muted(message)).toMatchObject({ kind: "muted", chat: { chatId: harbour.id } });
    expect(await muted(thread)).toMatchObject({ kind: "muted", chat: { chatId: nameless.id } });
    for (const each of [welcome, others.postId, "gone"])
      expect(await muted(each)).toMatchObject({ kind: "no-chat", chats: [{}, {}] });
  });

  test.each([
    ["Nothing like it", undefined, "unknown-chat"],
    ["", undefined, "no-chat"],
    ["Harbour project", "25:00", "not-a-time"],
    ["Harbour project", "later", "not-a-time"],
    ["Harbour project", "9:00", "past"],
  ] as const)("%p until %p changes nothing: %s", async (name, until, kind) => {
    const world = new ChatWorld(harbour, nameless);
    expect((await mute(world, name, until)).kind).toBe(kind);
    expect([await mutes(world), world.told]).toEqual([[], []]);
  });

  test("of which there are several by that name asks which, and takes the sign for an answer", async () => {
    const world = new ChatWorld(harbour, harbourToo);
    const several = await mute(world, "harbour project");
    if (several.kind !== "several") throw new Error(several.kind);
    expect(several.chats.length).toBe(2);
    const sign = several.chats[1]?.label.slice(-7) ?? "";
    expect(await mute(world, sign)).toMatchObject({ kind: "muted", chat: { chatId: harbourToo.id } });
  });

  test("is refused when there are more mutes than a message's decision should read, and mutes that are over make room", async () => {
    const world = new ChatWorld(harbour);
    const dayMs = 24 * hourMs;
    for (let each = 0; each < mostMutes; each += 1) {
      const untilMs = each === 0 ? world.clock.now() + hourMs : undefined;
      await world.preferences.mute(reader.userId, { chatId: `19:${each}`, untilMs, mentions: true });
    }
    expect((await mute(world, "harbour")).kind).toBe("too-many");
    world.clock.nowMs += 4 * dayMs;
    expect((await mute(world, "harbour")).kind).toBe("muted");
    expect((await mutes(world)).some(({ chatId }) => chatId === "19:0")).toBe(false);
  });

  test("is for who is connected", async () => {
    const world = new ChatWorld(harbour);
    const ask = { chat: typed("harbour"), mentions: true };
    expect(await muteChat(world.ports, "stranger", ask)).toEqual({ kind: "not-connected" });
  });
});

test("unmuting ends a mute, and says when there was none", async () => {
  const world = new ChatWorld(harbour);
  await mute(world, "harbour");
  const unmute = () => unmuteChat(world.ports, reader.userId, typed("harbour"));
  expect(await unmute()).toMatchObject({ kind: "unmuted", chat: { mute: undefined } });
  expect(await mutes(world)).toEqual([]);
  expect(world.told.length).toBe(2);
  expect((await unmute()).kind).toBe("was-not-muted");
});
