import { describe, expect, test } from "bun:test";
import type { JsonObject } from "../json.ts";
import type { ServerEvent } from "../system/events.ts";
import type { Occurrence } from "../system/occurrences.ts";
import { defaultConfiguration } from "../system/server-configuration.ts";
import { MattermostSystem } from "../system/system.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { NodeActivity } from "./activity.ts";

function start() {
  const configuration = defaultConfiguration("", "");
  const system = new MattermostSystem({ clock: new ManualClock(), random: () => 0.5, configuration });
  const activity = new NodeActivity(system);
  const events: ServerEvent[] = [];
  const occurrences: Occurrence[] = [];
  system.events.subscribe((event) => events.push(event));
  activity.occurrences.subscribe((occurrence) => occurrences.push(occurrence));
  const team = system.addTeam("contoso", "Contoso");
  const person = (username: string) => {
    const user = system.users.create({ username, email: `${username}@x.example` });
    system.joinTeam(team.id, user.id);
    return user;
  };
  const bot = system.users.createBot({ username: "teams", displayName: "T", description: "", ownerId: "p" });
  const [ada, ben] = [person("ada"), person("ben")];
  const townSquare = system.channels.findByName(team.id, "town-square")?.id ?? "";
  return { system, activity, events, occurrences, team, ada, ben, bot, townSquare };
}
const postIn = (event: ServerEvent | undefined) => JSON.parse(String(event?.data.post)) as JsonObject;

describe("posts of bots", () => {
  test("carry a mark, count as mentions in a direct channel and reach plugins after clients", async () => {
    const { system, activity, events, occurrences, ada, bot } = start();
    const channel = activity.directChannel(bot.userId, ada.id);
    const post = await activity.posting.create({
      userId: bot.userId,
      channelId: channel.id,
      message: "A message",
      props: { from_plugin: "true", force_notification: "x" },
    });
    expect(post.props).toEqual({ from_plugin: "true", from_bot: "true" });
    expect(events.map((event) => event.event)).toEqual(["direct_added", "posted"]);
    expect(events[1]?.data).toMatchObject({
      mentions: JSON.stringify([ada.id]),
      channel_display_name: "@teams",
    });
    expect(system.channels.member(channel.id, ada.id).mentionCount).toBe(1);
    expect(occurrences.map(({ kind }) => kind)).toEqual(["channel-created", "message-posted"]);
  });

  test("with attachments get their type from them", async () => {
    const { activity, bot, townSquare } = start();
    const post = await activity.posting.create({
      userId: bot.userId,
      channelId: townSquare,
      message: "",
      props: { attachments: [{ text: "t" }] },
    });
    expect(post.type).toBe("slack_attachment");
  });

  test("lose the files that an update does not name", async () => {
    const { system, activity, bot, townSquare } = start();
    const file = (name: string) => system.files.add(new Uint8Array([1]), townSquare, name, "nouser").id;
    const fileIds = [file("a"), file("b")];
    const post = await activity.posting.create({
      userId: bot.userId,
      channelId: townSquare,
      message: "m",
      fileIds,
    });
    expect(post.fileIds).toEqual(fileIds);
    const change = { message: "m", props: {}, fileIds: fileIds.slice(1), isPinned: false };
    const after = await activity.posting.update(post.id, change);
    expect(after).toMatchObject({ fileIds: fileIds.slice(1), editAt: 0 });
    expect(() => system.files.info(fileIds[0] ?? "")).toThrow();
  });

  test("can be looked at and rejected before they are stored", async () => {
    const { activity, events, ada, townSquare } = start();
    const draft = { userId: ada.id, channelId: townSquare, message: "m" };
    activity.posting.filter = async (given) => ({ ...given, message: `${given.message}!` });
    expect((await activity.posting.create(draft)).message).toBe("m!");
    activity.posting.filter = () => Promise.reject(new Error("no"));
    await expect(activity.posting.create(draft)).rejects.toThrow("no");
    expect(events).toHaveLength(1);
  });
});

describe("ephemeral posts", () => {
  test("are shown, changed and taken away under one id without being stored", () => {
    const { system, activity, events, ada, bot, townSquare } = start();
    const draft = { userId: bot.userId, channelId: townSquare, message: "one" };
    const { id } = activity.ephemeral.send(ada.id, draft);
    activity.ephemeral.update(ada.id, { ...draft, id, message: "two" });
    activity.ephemeral.delete(ada.id, id);
    expect(events.map((event) => event.event)).toEqual(["ephemeral_message", "post_edited", "post_deleted"]);
    expect(events.map(postIn).map((post) => post.id)).toEqual([id, id, id]);
    expect(events.every(({ broadcast }) => broadcast.userId === ada.id)).toBe(true);
    expect(postIn(events[1])).toMatchObject({ message: "two", type: "system_ephemeral" });
    expect(postIn(events[2]).delete_at).toBe(system.clock.now());
    expect(() => system.posts.get(id)).toThrow();
  });
});

describe("members", () => {
  test("come and go before the eyes of clients and plugins", () => {
    const { activity, system, events, occurrences, ada, ben, team } = start();
    const { id } = system.channels.create({ teamId: team.id, name: "c", displayName: "C", type: "P" });
    activity.addToChannel(id, ben.id, ada);
    activity.addToChannel(id, ben.id, ada);
    activity.removeFromChannel(id, ben.id, ada);
    activity.leaveTeam(team.id, ben.id, undefined);
    expect(events.map((event) => event.event)).toEqual([
      "user_added",
      "user_removed",
      "user_removed",
      "leave_team",
    ]);
    expect(occurrences.map(({ kind }) => kind)).toEqual(["joined-channel", "left-channel", "left-team"]);
    expect(system.teams.isMember(team.id, ben.id)).toBe(false);
  });
});

describe("a deactivated account", () => {
  test("has no sessions left and is reported once", () => {
    const { activity, system, occurrences, ada } = start();
    const { token } = system.tokenFor(ada);
    activity.setActive(ada.id, false);
    activity.setActive(ada.id, true);
    expect(system.sessions.find(token)).toBeUndefined();
    expect(occurrences).toMatchObject([{ kind: "user-deactivated", user: { id: ada.id } }]);
  });
});
