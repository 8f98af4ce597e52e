import { afterEach, describe, expect, test } from "bun:test";
import type { Preference } from "../model/preference.ts";
import { startTestInstallation, type TestInstallation } from "../testing/installation.ts";

let resources = new AsyncDisposableStack();
afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});
const start = async (): Promise<TestInstallation> => resources.use(await startTestInstallation());
const row = (user_id: string, name = "notifications", value = "on", category = "pp_teams") => ({
  user_id,
  category,
  name,
  value,
});

describe("preferences", () => {
  test("come back as they were saved, the last value winning", async () => {
    const { ada } = await start();
    expect((await ada.put("/users/me/preferences", [row(ada.id), row(ada.id, "other")])).status).toBe(200);
    await ada.put("/users/me/preferences", [row(ada.id, "notifications", "off")]);
    const expected = [row(ada.id, "notifications", "off"), row(ada.id, "other")];
    expect((await ada.get("/users/me/preferences")).json).toEqual(expected);
    expect((await ada.get("/users/me/preferences/pp_teams")).json).toEqual(expected);
    expect((await ada.get("/users/me/preferences/pp_teams/name/other")).json).toEqual(row(ada.id, "other"));
  });

  test("are one's own", async () => {
    const { ada, ben } = await start();
    expect((await ada.get(`/users/${ben.id}/preferences`)).status).toBe(403);
    expect((await ada.put(`/users/${ben.id}/preferences`, [row(ben.id)])).status).toBe(403);
    expect((await ada.put("/users/me/preferences", [row(ben.id)])).status).toBe(403);
  });

  test.each([
    ["an empty category", row("", "n", "v", "")],
    ["a category of 33 bytes", row("", "n", "v", `${"é".repeat(16)}x`)],
    ["a name of 33 bytes", row("", "n".repeat(33))],
    ["a value of 20,001 characters", row("", "n", "x".repeat(20_001))],
  ])("are refused as a whole for %s", async (_, invalid) => {
    const { ada } = await start();
    const answer = await ada.put("/users/me/preferences", [row(ada.id), { ...invalid, user_id: ada.id }]);
    expect(answer.status).toBe(400);
    expect((await ada.get("/users/me/preferences")).json).toEqual([]);
  });

  test("hold 20,000 characters, counted as people count them", async () => {
    const { ada } = await start();
    const value = "😀".repeat(20_000);
    expect((await ada.put("/users/me/preferences", [row(ada.id, "n", value)])).status).toBe(200);
  });

  test("come in lists of one to a hundred", async () => {
    const { ada } = await start();
    const many = Array.from({ length: 101 }, (_, index) => row(ada.id, `n${index}`));
    expect((await ada.put("/users/me/preferences", [])).status).toBe(400);
    expect((await ada.put("/users/me/preferences", many)).status).toBe(400);
    expect((await ada.put("/users/me/preferences", many.slice(1))).status).toBe(200);
  });

  test("of categories with other characters than letters can not be asked for by name", async () => {
    const { ada } = await start();
    await ada.put("/users/me/preferences", [row(ada.id, "n", "v", "pp_com.example")]);
    expect((await ada.get("/users/me/preferences/pp_com.example")).status).toBe(501);
  });

  test("reach plugins when saved, changed or not, and not when deleted", async () => {
    const { mattermost, ada } = await start();
    const heard: (readonly Preference[])[] = [];
    mattermost.nodes[0]?.activity.occurrences.subscribe((occurrence) => {
      if (occurrence.kind === "preferences-changed") heard.push(occurrence.preferences);
    });
    await ada.put("/users/me/preferences", [row(ada.id)]);
    await ada.put("/users/me/preferences", [row(ada.id)]);
    await ada.post("/users/me/preferences/delete", [row(ada.id)]);
    const rows = [{ userId: ada.id, category: "pp_teams", name: "notifications", value: "on" }];
    expect(heard).toEqual([rows, rows]);
    expect((await ada.get("/users/me/preferences")).json).toEqual([]);
  });
});
