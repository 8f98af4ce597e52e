import { afterEach, describe, expect, test } from "bun:test";
import type { JsonObject } from "../json.ts";
import { password, startTestInstallation, type TestInstallation } from "../testing/installation.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { RestClient } from "../testing/rest-client.ts";

let resources = new AsyncDisposableStack();
afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});
const start = async (options?: Parameters<typeof startTestInstallation>[0]): Promise<TestInstallation> =>
  resources.use(await startTestInstallation(options));

describe("signing in", () => {
  test("hands programs a token and browsers three cookies", async () => {
    const { mattermost, ada } = await start();
    const answer = await new RestClient(mattermost.url).post("/users/login", { login_id: "ada", password });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ id: ada.id, username: "ada", first_name: "Ada", last_name: "Byron" });
    const cookies = answer.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split("=")[0])).toEqual(["MMAUTHTOKEN", "MMUSERID", "MMCSRF"]);
    expect(cookies[0]).toContain("; HttpOnly");
    const me = await new RestClient(mattermost.url, answer.headers.get("token") ?? "").get("/users/me");
    expect(me.json).toMatchObject({ id: ada.id, email: "ada@contoso.example" });
  });

  test("works with the e-mail address too and never with a wrong password", async () => {
    const { mattermost } = await start();
    const anonymous = new RestClient(mattermost.url);
    const login = (login_id: string, given: string) =>
      anonymous.post("/users/login", { login_id, password: given });
    expect((await login("Ada@contoso.example", password)).status).toBe(200);
    expect(await login("ada", "wrong")).toMatchObject({
      status: 401,
      json: { id: "api.user.login.invalid_credentials_email_username", status_code: 401 },
    });
    expect((await login("nobody", password)).status).toBe(401);
  });

  test("ends with signing out", async () => {
    const { mattermost } = await start();
    const ada = await RestClient.signIn(mattermost.url, "ada", password);
    expect((await ada.post("/users/logout", {})).status).toBe(200);
    expect(await ada.get("/users/me")).toMatchObject({
      status: 401,
      json: { id: "api.context.session_expired.app_error" },
    });
  });

  test("lasts thirty days", async () => {
    const clock = new ManualClock();
    const { mattermost } = await start({ clock });
    const ada = await RestClient.signIn(mattermost.url, "ada", password);
    clock.advance(30 * 86_400_000 - 1);
    expect((await ada.get("/users/me")).status).toBe(200);
    clock.advance(1);
    expect((await ada.get("/users/me")).status).toBe(401);
  });
});

describe("a cookie session", () => {
  test("reads freely and writes with proof against forgery only", async () => {
    const { mattermost, ada } = await start();
    const session = mattermost.system.sessions.find(ada.token);
    const request = (method: string, headers: Record<string, string>) =>
      fetch(`${mattermost.url}/api/v4/users/me${method === "PUT" ? "/patch" : ""}`, {
        method,
        headers: { cookie: `MMAUTHTOKEN=${ada.token}`, ...headers },
        ...(method === "PUT" ? { body: JSON.stringify({ nickname: "Countess" }) } : {}),
      }).then((response) => response.status);
    expect(await request("GET", {})).toBe(200);
    expect(await request("PUT", {})).toBe(401);
    expect(await request("PUT", { "x-csrf-token": "guessed" })).toBe(401);
    expect(await request("PUT", { "x-csrf-token": session?.csrfToken ?? "" })).toBe(200);
    expect(await request("PUT", { "x-requested-with": "XMLHttpRequest" })).toBe(200);
    await mattermost.system.configuration.patch({
      ServiceSettings: { ExperimentalStrictCSRFEnforcement: true },
    });
    expect(await request("PUT", { "x-requested-with": "XMLHttpRequest" })).toBe(401);
  });
});

describe("accounts", () => {
  test("are found by id, name and address", async () => {
    const { ada, ben } = await start();
    const byId = await ada.get(`/users/${ben.id}`);
    expect(byId.json).toMatchObject({ id: ben.id, username: "ben" });
    expect((await ada.get("/users/username/ben")).json).toEqual(byId.json);
    expect((await ada.get("/users/email/ben@contoso.example")).json).toEqual(byId.json);
    expect((await ada.post("/users/ids", [ben.id, "nobody", ben.id])).json).toEqual([byId.json]);
    expect((await ada.post("/users/usernames", ["ben", "nobody"])).json).toEqual([byId.json]);
    expect((await ada.get("/users/username/nobody")).status).toBe(404);
  });

  test("keep what only their owner may see to themselves", async () => {
    const { ada, ben } = await start();
    expect((await ada.get("/users/me")).json).toHaveProperty("notify_props");
    expect((await ada.get(`/users/${ben.id}`)).json).not.toHaveProperty("notify_props");
    expect((await ada.put(`/users/${ben.id}/patch`, { nickname: "x" })).status).toBe(403);
  });

  test("are listed in order of their names, page by page", async () => {
    const { ada } = await start();
    const names = async (query: string) =>
      ((await ada.get(`/users?${query}`)).json as JsonObject[]).map((user) => user.username);
    expect(await names("")).toEqual(["ada", "admin", "ben"]);
    expect(await names("page=1&per_page=2")).toEqual(["ben"]);
  });

  test("are made by administrators, under names that are free", async () => {
    const { admin, ada } = await start();
    const account = { username: "Carla", email: "carla@contoso.example", password };
    expect((await ada.post("/users", account)).status).toBe(403);
    expect(await admin.post("/users", account)).toMatchObject({ status: 201, json: { username: "carla" } });
    expect(await admin.post("/users", account)).toMatchObject({
      status: 400,
      json: { id: "app.user.save.username_exists.app_error" },
    });
    expect((await admin.post("/users", { ...account, username: "here" })).status).toBe(400);
  });

  test("lose every session when they are deactivated, and plugins hear of it", async () => {
    const { mattermost, admin, ada } = await start();
    const deactivated: string[] = [];
    mattermost.nodes[0]?.activity.occurrences.subscribe((occurrence) => {
      if (occurrence.kind === "user-deactivated") deactivated.push(occurrence.user.id);
    });
    expect((await admin.put(`/users/${ada.id}/active`, { active: false })).status).toBe(200);
    expect((await ada.get("/users/me")).status).toBe(401);
    expect(deactivated).toEqual([ada.id]);
    const login = await new RestClient(mattermost.url).post("/users/login", { login_id: "ada", password });
    expect(login.json).toMatchObject({ id: "api.user.login.inactive.app_error" });
    await admin.put(`/users/${ada.id}/active`, { active: true });
    expect((await RestClient.signIn(mattermost.url, "ada", password)).token).not.toBe("");
  });
});

describe("the interface", () => {
  test("names the route that it lacks", async () => {
    const { ada } = await start();
    const answer = await ada.get("/playbooks/of/the/future");
    expect(answer.status).toBe(501);
    expect(answer.json).toMatchObject({
      id: "api.context.not_implemented.app_error",
      detailed_error: "It is GET /api/v4/playbooks/of/the/future.",
    });
  });

  test("says which field of a body is wrong", async () => {
    const { ada } = await start();
    expect(await ada.put("/users/me/patch", { nickname: 5 })).toMatchObject({
      status: 400,
      json: { detailed_error: "nickname must be a text." },
    });
    const large = await ada.put("/users/me/patch", { nickname: "x".repeat(300_000) });
    expect(large.status).toBe(413);
  });

  test("tells strangers only what a sign-in page needs", async () => {
    const { mattermost } = await start();
    const anonymous = new RestClient(mattermost.url);
    expect((await anonymous.get("/system/ping")).json).toEqual({ status: "OK" });
    expect((await anonymous.get("/config/client")).json).toMatchObject({ SiteURL: mattermost.url });
    expect((await anonymous.get("/plugins/webapp")).json).toEqual([]);
    for (const path of ["/config", "/users", "/teams", "/plugins"]) {
      expect((await anonymous.get(path)).status).toBe(401);
    }
  });
});
