import { afterEach, describe, expect, test } from "bun:test";
import type { JsonObject } from "../json.ts";
import { startTestInstallation, type TestInstallation } from "../testing/installation.ts";

let resources = new AsyncDisposableStack();
afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});
const start = async (): Promise<TestInstallation> => resources.use(await startTestInstallation());
const idOf = (json: unknown) => String((json as JsonObject).id);

describe("teams", () => {
  test("hold everybody who was added, with their two first channels", async () => {
    const { ada } = await start();
    const { json } = await ada.get("/users/me/teams");
    expect(json).toMatchObject([{ name: "contoso", display_name: "Contoso", type: "O" }]);
    const teamId = idOf((json as JsonObject[])[0]);
    expect((await ada.get(`/users/me/teams/${teamId}/channels`)).json).toMatchObject([
      { name: "town-square", display_name: "Town Square", team_id: teamId },
      { name: "off-topic", display_name: "Off-Topic" },
    ]);
    expect((await ada.get("/teams/name/contoso")).json).toMatchObject({ id: teamId });
  });

  test("are joined by those who may, and plugins hear of it", async () => {
    const { mattermost, admin, ada } = await start();
    const team = mattermost.system.teams.create({ name: "closed", displayName: "Closed", type: "I" });
    const joined: string[] = [];
    mattermost.nodes[0]?.activity.occurrences.subscribe((occurrence) => {
      if (occurrence.kind === "joined-team") joined.push(occurrence.member.userId);
    });
    const body = { team_id: team.id, user_id: ada.id };
    expect((await ada.post(`/teams/${team.id}/members`, body)).status).toBe(403);
    expect((await ada.get(`/teams/${team.id}`)).status).toBe(403);
    expect((await admin.post(`/teams/${team.id}/members`, body)).status).toBe(201);
    expect((await ada.get(`/teams/${team.id}`)).status).toBe(200);
    expect(joined).toEqual([ada.id]);
    expect((await ada.delete(`/teams/${team.id}/members/me`)).status).toBe(200);
    expect((await ada.get(`/teams/${team.id}`)).status).toBe(403);
  });
});

describe("direct channels", () => {
  test("are one for two people, whoever asks first", async () => {
    const { ada, ben } = await start();
    const first = await ada.post("/channels/direct", [ada.id, ben.id]);
    const again = await ben.post("/channels/direct", [ben.id, ada.id]);
    expect(first).toMatchObject({ status: 201, json: { type: "D", team_id: "" } });
    expect(idOf(first.json)).toBe(idOf(again.json));
    expect((first.json as JsonObject).name).toBe([ada.id, ben.id].toSorted().join("__"));
  });

  test("are announced once, to both", async () => {
    const { mattermost, ada, ben } = await start();
    const added: unknown[] = [];
    using _ = mattermost.system.events.subscribe((event) => {
      if (event.event === "direct_added") added.push(event.broadcast.channelId);
    });
    const { json } = await ada.post("/channels/direct", [ada.id, ben.id]);
    await ada.post("/channels/direct", [ada.id, ben.id]);
    expect(added).toEqual([idOf(json)]);
  });

  test("need two people who exist, the caller among them", async () => {
    const { mattermost, ada, ben } = await start();
    const { id: adminId } = mattermost.administrator;
    expect((await ada.post("/channels/direct", [ben.id, adminId])).status).toBe(403);
    expect((await ada.post("/channels/direct", [ada.id, "nobody"])).status).toBe(400);
    expect((await ada.post("/channels/direct", [ada.id])).status).toBe(400);
  });

  test("of three to eight people are group channels", async () => {
    const { mattermost, ada, ben } = await start();
    const { id: adminId } = mattermost.administrator;
    const group = await ada.post("/channels/group", [ben.id, adminId]);
    expect(group.json).toMatchObject({ type: "G", display_name: "ada, admin, ben" });
    expect((await ada.post("/channels/group", [ben.id])).status).toBe(400);
  });
});

describe("channels of a team", () => {
  test("are open or private", async () => {
    const { mattermost, ada, ben } = await start();
    const make = async (type: string) => {
      const body = { team_id: mattermost.team.id, name: `c-${type.toLowerCase()}`, display_name: type, type };
      return idOf((await ada.post("/channels", body)).json);
    };
    const [open, closed] = [await make("O"), await make("P")];
    expect((await ben.get(`/channels/${open}`)).status).toBe(200);
    expect((await ben.get(`/channels/${closed}`)).status).toBe(403);
    expect((await ben.post(`/channels/${open}/members`, { user_id: ben.id })).status).toBe(201);
    expect((await ben.post(`/channels/${closed}/members`, { user_id: ben.id })).status).toBe(403);
    expect((await ada.post(`/channels/${closed}/members`, { user_id: ben.id })).status).toBe(201);
    expect((await ben.get(`/channels/${closed}/members`)).json).toHaveLength(2);
    await ben.delete(`/channels/${closed}/members/me`);
    expect((await ben.get(`/channels/${closed}`)).status).toBe(403);
  });

  test("count what a member has not seen yet", async () => {
    const { ada, ben } = await start();
    const channelId = idOf((await ada.post("/channels/direct", [ada.id, ben.id])).json);
    await ada.post("/posts", { channel_id: channelId, message: "one" });
    const path = `/channels/${channelId}/members/me`;
    expect((await ben.get(path)).json).toMatchObject({ mention_count: 1, msg_count: 0 });
    await ben.post("/channels/members/me/view", { channel_id: channelId });
    expect((await ben.get(path)).json).toMatchObject({ mention_count: 0, msg_count: 1 });
  });

  test("take no posts once they are archived", async () => {
    const { mattermost, ada } = await start();
    const body = { team_id: mattermost.team.id, name: "old", display_name: "Old", type: "O" };
    const channelId = idOf((await ada.post("/channels", body)).json);
    expect((await ada.delete(`/channels/${channelId}`)).status).toBe(200);
    expect(await ada.post("/posts", { channel_id: channelId, message: "late" })).toMatchObject({
      status: 400,
      json: { id: "api.post.create_post.can_not_post_to_deleted.error" },
    });
  });
});
