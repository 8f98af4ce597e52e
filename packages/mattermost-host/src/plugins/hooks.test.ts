import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { JsonObject } from "../json.ts";
import { password } from "../testing/installation.ts";
import { Probed } from "../testing/probed.ts";
import { RestClient } from "../testing/rest-client.ts";
import { TestSocket } from "../testing/test-socket.ts";
import { hookOf } from "./tell-plugins.ts";

let probed: Probed;
beforeAll(async () => {
  probed = await Probed.active();
});
afterAll(() => probed[Symbol.asyncDispose]());

const post = (message: string, more: JsonObject = {}) =>
  probed.ada.post("/posts", { channel_id: probed.townSquare, message, ...more });
const idOf = ({ json }: { readonly json: unknown }): string => String(Object(json).id);

describe("a plugin is told", () => {
  test("of posts and reactions, its own included", async () => {
    const posted = probed.nextHook("MessageHasBeenPosted");
    const id = idOf(await post("hello"));
    expect((await posted).args).toMatchObject([{ id, message: "hello", userId: probed.ada.id }]);
    const updated = probed.nextHook("MessageHasBeenUpdated");
    await probed.ada.put(`/posts/${id}/patch`, { message: "bye" });
    expect((await updated).args).toMatchObject([{ message: "bye" }, { message: "hello" }]);
    const reaction = { user_id: probed.ada.id, post_id: id, emoji_name: "tada" };
    const added = probed.nextHook("ReactionHasBeenAdded");
    await probed.ada.post("/reactions", reaction);
    expect((await added).args).toMatchObject([{ emojiName: "tada" }]);
    const removed = probed.nextHook("ReactionHasBeenRemoved");
    await probed.call("reactions", "remove", { userId: probed.ada.id, postId: id, emojiName: "tada" });
    await removed;
    const deleted = probed.nextHook("MessageHasBeenDeleted");
    await probed.call("posts", "delete", id);
    expect((await deleted).args).toMatchObject([{ id }]);
  });

  test("of preferences, whoever saves them, but not of deletions", async () => {
    const row = { category: "pp_probe", name: "n", value: "on" };
    const byPerson = probed.nextHook("PreferencesHaveChanged");
    await probed.ada.put("/users/me/preferences", [{ user_id: probed.ada.id, ...row }]);
    expect((await byPerson).args).toEqual([[{ userId: probed.ada.id, ...row }]]);
    await probed.ada.post("/users/me/preferences/delete", [{ user_id: probed.ada.id, ...row }]);
    const byItself = probed.nextHook("PreferencesHaveChanged");
    await probed.call("preferences", "update", probed.ben.id, [
      { userId: probed.ben.id, ...row, value: "off" },
    ]);
    expect((await byItself).args).toMatchObject([[{ value: "off" }]]);
  });

  test("of people who come, sign in, move about and go", async () => {
    const { admin, ben, mattermost } = probed;
    const told = probed.hooks().length;
    const person = { username: "cleo", email: "cleo@contoso.example", password };
    const id = idOf(await admin.post("/users", person));
    await RestClient.signIn(mattermost.url, "cleo", password);
    await admin.post(`/teams/${mattermost.team.id}/members`, { team_id: mattermost.team.id, user_id: id });
    await probed.call("channels", "getDirect", id, ben.id);
    const channel = mattermost.system.channels.create({
      teamId: mattermost.team.id,
      name: "room",
      displayName: "Room",
      type: "P",
    });
    await probed.call("channels", "addMember", channel.id, id);
    await admin.delete(`/channels/${channel.id}/members/${id}`);
    await admin.delete(`/teams/${mattermost.team.id}/members/${id}`);
    const last = probed.nextHook("UserHasBeenDeactivated");
    await admin.delete(`/users/${id}`);
    await last;
    const names = probed
      .hooks()
      .slice(told)
      .map(({ hook }) => hook);
    expect(names.toSorted()).toEqual([
      "ChannelHasBeenCreated",
      "UserHasBeenCreated",
      "UserHasBeenDeactivated",
      "UserHasJoinedChannel",
      "UserHasJoinedTeam",
      "UserHasLeftChannel",
      "UserHasLeftTeam",
      "UserHasLoggedIn",
    ]);
  });

  test("of web apps and everything they send, to which it alone answers when it bears its prefix", async () => {
    const connected = probed.nextHook("OnWebSocketConnect");
    const socket = await TestSocket.open(probed.mattermost.url, {
      authorization: `Bearer ${probed.ada.token}`,
    });
    const [connectionId] = (await connected).args;
    const own = probed.nextHook("WebSocketMessageHasBeenPosted");
    socket.send({ seq: 1, action: "custom_probe_ask", data: { what: "state" } });
    expect((await own).args).toMatchObject([
      connectionId,
      probed.ada.id,
      { seq: 1, action: "custom_probe_ask", data: { what: "state" } },
    ]);
    const ping = probed.nextHook("WebSocketMessageHasBeenPosted");
    socket.send({ seq: 2, action: "ping" });
    expect(await socket.reply(2)).toMatchObject({ status: "OK" });
    expect((await ping).args).toMatchObject([connectionId, probed.ada.id, { action: "ping" }]);
    expect(socket.replies).toBe(1);
    const gone = probed.nextHook("OnWebSocketDisconnect");
    socket.close();
    expect((await gone).args).toEqual([connectionId, probed.ada.id]);
  });

  test("of everything that can happen, as these tests show", () => {
    const told = new Set(probed.hooks().map(({ hook }) => hook));
    expect(Object.values(hookOf).filter((hook) => !told.has(hook))).toEqual([]);
  });
});

describe("a plugin is asked", () => {
  test("before a post is stored, and can change, refuse or swallow it", async () => {
    const shouted = await post("shout", { props: { own: 1 } });
    expect(shouted.json).toMatchObject({
      message: "SHOUT",
      props: { own: 1, loud: true },
      user_id: probed.ada.id,
    });
    expect(await post("a forbidden word")).toMatchObject({
      status: 400,
      json: { message: "Post rejected by plugin. Such words are not welcome." },
    });
    expect(await post("dismiss")).toMatchObject({
      status: 400,
      json: { id: "plugin.message_will_be_posted.dismiss_post" },
    });
  });

  test("before a changed post is stored, and can change or refuse it", async () => {
    const id = idOf(await post("calm"));
    const change = (message: string) => probed.ada.put(`/posts/${id}/patch`, { message });
    expect((await change("now shout")).json).toMatchObject({ message: "now SHOUT" });
    expect(await change("forbidden")).toMatchObject({
      status: 400,
      json: { message: "Post rejected by plugin. Such words are not welcome." },
    });
    expect((await probed.ada.get(`/posts/${id}`)).json).toMatchObject({ message: "now SHOUT" });
  });

  test("before somebody is let in", async () => {
    probed.mattermost.addPerson({ username: "mallory", email: "mallory@contoso.example", password });
    const anonymous = new RestClient(probed.mattermost.url);
    const signIn = (login_id: string) => anonymous.post("/users/login", { login_id, password });
    expect(await signIn("mallory")).toMatchObject({
      status: 400,
      json: { message: "Login rejected by plugin. Not today." },
    });
    expect((await signIn("ben")).status).toBe(200);
  });

  test("what a command does; its refusal reaches who typed it, its silence is an unknown command", async () => {
    expect(await probed.command("/PROBE hello")).toMatchObject({
      status: 200,
      json: {
        text: "You said /PROBE hello",
        skip_slack_parsing: false,
        extra_responses: [{ text: "And more", skip_slack_parsing: true }],
      },
    });
    expect(await probed.command("/probe refuse")).toMatchObject({
      status: 409,
      json: { id: "probe.refused", message: "The probe is busy." },
    });
    expect(await probed.command("/probe nothing")).toMatchObject({
      status: 404,
      json: { id: "api.command.execute_command.not_found.app_error" },
    });
    const aloud = probed.nextHook("MessageHasBeenPosted");
    await probed.command("/probe aloud");
    expect((await aloud).args).toMatchObject([{ userId: probed.ada.id, message: "Everybody reads this" }]);
  });
});
