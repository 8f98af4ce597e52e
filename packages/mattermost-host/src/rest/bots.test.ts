import { afterEach, describe, expect, test } from "bun:test";
import { password, startTestInstallation, type TestInstallation } from "../testing/installation.ts";
import { RestClient } from "../testing/rest-client.ts";

let resources = new AsyncDisposableStack();
afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});
const start = async (): Promise<TestInstallation> => resources.use(await startTestInstallation());

describe("bots", () => {
  test("are users that nobody signs in as", async () => {
    const { mattermost, admin, ada } = await start();
    const made = await admin.post("/bots", {
      username: "teams",
      display_name: "Teams",
      description: "tells",
    });
    expect(made).toMatchObject({
      status: 201,
      json: { username: "teams", owner_id: mattermost.administrator.id },
    });
    const { user_id: id } = made.json as { user_id: string };
    expect((await ada.get(`/users/${id}`)).json).toMatchObject({ is_bot: true, bot_description: "tells" });
    const login = new RestClient(mattermost.url).post("/users/login", { login_id: "teams", password });
    expect((await login).json).toMatchObject({ id: "api.user.login.bot_login_forbidden.app_error" });
    expect((await ada.post("/bots", { username: "other" })).status).toBe(403);
  });

  test("are switched off and on", async () => {
    const { admin } = await start();
    const { user_id: id } = (await admin.post("/bots", { username: "teams" })).json as { user_id: string };
    await admin.post(`/bots/${id}/disable`, {});
    expect((await admin.get(`/bots/${id}`)).status).toBe(404);
    expect((await admin.get("/bots")).json).toEqual([]);
    expect((await admin.get("/bots?include_deleted=true")).json).toHaveLength(1);
    await admin.post(`/bots/${id}/enable`, {});
    expect((await admin.get(`/bots/${id}`)).json).toMatchObject({ delete_at: 0 });
  });
});

describe("pictures", () => {
  test("are one's own or a letter", async () => {
    const { mattermost, ada, ben } = await start();
    const picture = () =>
      fetch(`${mattermost.url}/api/v4/users/${ada.id}/image`, {
        headers: { authorization: `Bearer ${ben.token}` },
      });
    expect(await (await picture()).text()).toContain(">A</text>");
    const form = new FormData();
    form.set("image", new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47])]), "a.png");
    expect((await ben.post(`/users/${ada.id}/image`, form)).status).toBe(403);
    expect((await ada.post("/users/me/image", form)).status).toBe(200);
    const own = await picture();
    expect(own.headers.get("content-type")).toBe("image/png");
    expect(new Uint8Array(await own.arrayBuffer())).toEqual(new Uint8Array([0x89, 0x50, 0x4e, 0x47]));
  });
});

describe("sessions", () => {
  test("are listed without their tokens and ended one by one", async () => {
    const { mattermost, ada } = await start();
    const phone = await RestClient.signIn(mattermost.url, "ada", password);
    const { json } = await ada.get("/users/me/sessions");
    expect(json).toMatchObject([{ token: "" }, { token: "" }]);
    const [, session] = json as { id: string }[];
    await ada.post("/users/me/sessions/revoke", { session_id: session?.id ?? "" });
    expect((await phone.get("/users/me")).status).toBe(401);
    expect((await ada.get("/users/me")).status).toBe(200);
  });
});

describe("tokens", () => {
  test("let a program act for who made them", async () => {
    const { mattermost, ada, ben } = await start();
    const made = await ada.post("/users/me/tokens", { description: "script" });
    const { token } = made.json as { token: string };
    expect((await new RestClient(mattermost.url, token).get("/users/me")).json).toMatchObject({ id: ada.id });
    expect((await ben.post(`/users/${ada.id}/tokens`, { description: "x" })).status).toBe(403);
  });
});
