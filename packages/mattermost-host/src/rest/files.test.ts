import { afterEach, describe, expect, test } from "bun:test";
import type { JsonObject } from "../json.ts";
import { startTestInstallation, type TestInstallation } from "../testing/installation.ts";

let resources = new AsyncDisposableStack();
afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});

async function start(): Promise<TestInstallation & { channelId: string }> {
  const installation = resources.use(await startTestInstallation());
  const { team, system } = installation.mattermost;
  return { ...installation, channelId: system.channels.findByName(team.id, "town-square")?.id ?? "" };
}

function form(channelId: string, content: string, name = "notes ü.txt"): FormData {
  const form = new FormData();
  form.set("channel_id", channelId);
  form.set("files", new Blob([content]), name);
  return form;
}
const infoOf = (json: unknown) =>
  (json as { file_infos: JsonObject[] }).file_infos[0] as JsonObject & { id: string };

describe("files", () => {
  test("come back as they were uploaded", async () => {
    const { mattermost, ada, channelId } = await start();
    const uploaded = await ada.post("/files", form(channelId, "content"));
    expect(uploaded.status).toBe(201);
    const info = infoOf(uploaded.json);
    expect(info).toMatchObject({ name: "notes ü.txt", extension: "txt", size: 7, user_id: ada.id });
    expect((await ada.get(`/files/${info.id}/info`)).json).toEqual(info);
    const file = await fetch(`${mattermost.url}/api/v4/files/${info.id}`, {
      headers: { authorization: `Bearer ${ada.token}` },
    });
    expect(await file.text()).toBe("content");
    expect(file.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''notes%20%C3%BC.txt");
  });

  test("belong to one post and go with it", async () => {
    const { ada, ben, channelId } = await start();
    const { id } = infoOf((await ada.post("/files", form(channelId, "x"))).json);
    const write = (client: typeof ada) =>
      client.post("/posts", { channel_id: channelId, message: "m", file_ids: [id] });
    expect((await write(ben)).json).toMatchObject({ file_ids: [] });
    const post = await write(ada);
    expect(post.json).toMatchObject({ file_ids: [id], metadata: { files: [{ id, name: "notes ü.txt" }] } });
    expect((await write(ada)).json).toMatchObject({ file_ids: [] });
    const postId = String((post.json as JsonObject).id);
    await ada.put(`/posts/${postId}/patch`, { message: "n" });
    expect((await ben.get(`/files/${id}`)).status).toBe(200);
    await ada.put(`/posts/${postId}/patch`, { file_ids: [] });
    expect((await ben.get(`/files/${id}`)).status).toBe(404);
  });

  test("need a channel that one may write to, and fit the server's limit", async () => {
    const { mattermost, ada, channelId } = await start();
    expect((await ada.post("/files", form("elsewhere", "x"))).status).toBe(403);
    await mattermost.system.configuration.patch({ FileSettings: { MaxFileSize: 3 } });
    expect((await ada.post("/files", form(channelId, "1234"))).status).toBe(413);
    expect((await ada.post("/files", form(channelId, "123"))).status).toBe(201);
  });
});
