import { expect, test } from "bun:test";
import { type Api, AppError } from "@msteams-notifications/plugin-sdk";
import { defaultPreferences } from "../../domain/reader-preferences.ts";
import { Preferences } from "./preferences.ts";

type Row = Awaited<ReturnType<Api["preferences"]["list"]>>[number];

const category = "pp_msteams-notifications";

/** Preferences over a list of rows, and how often it was asked for. */
function over(...saved: (readonly [name: string, value: string, category?: string])[]) {
  const rows: Row[] = saved.map(([name, value, other = category]) => ({
    userId: "ann",
    category: other,
    name,
    value,
  }));
  const run = { lists: 0, rows, failure: undefined as AppError | undefined };
  const never = async () => Promise.reject(new TypeError("not to be called"));
  const api: Pick<Api, "preferences"> = {
    preferences: {
      async list() {
        run.lists += 1;
        if (run.failure !== undefined) throw run.failure;
        return rows;
      },
      async update(userId, changed) {
        for (const { category = "", name = "", value = "" } of changed)
          rows.push({ userId, category, name, value });
      },
      get: never,
      delete: never,
    },
  };
  return { run, preferences: new Preferences(api, category) };
}

test("all choices of a person are one request", async () => {
  const { run, preferences } = over(
    ["notifications", "off"],
    ["bots", "on"],
    ["threads", "chats"],
    ["together", "on"],
  );
  expect(await preferences.of("ann")).toEqual({
    ...defaultPreferences,
    notifications: "off",
    bots: "on",
    threads: "chats",
    together: "on",
  });
  expect(run.lists).toBe(1);
});

test("who never chose has the defaults", async () => {
  expect(await over().preferences.of("ann")).toEqual(defaultPreferences);
});

test("values that mean nothing, and those of others, count as never chosen", async () => {
  const { preferences } = over(
    ["notifications", "OFF"],
    ["bots", "true"],
    ["threads", ""],
    ["together", "on", "pp_another-plugin"],
  );
  expect(await preferences.of("ann")).toEqual(defaultPreferences);
});

test("a change saves what it names and nothing else", async () => {
  const { run, preferences } = over();
  await preferences.change("ann", { bots: "on", threads: "chats", notifications: "off" });
  expect(run.rows).toEqual([
    { userId: "ann", category, name: "bots", value: "on" },
    { userId: "ann", category, name: "threads", value: "chats" },
    { userId: "ann", category, name: "notifications", value: "off" },
  ]);
});

test("a failure is not taken for a choice", async () => {
  const { run, preferences } = over();
  run.failure = new AppError({ id: "app.preference", message: "", statusCode: 500 });
  await expect(preferences.of("ann")).rejects.toMatchObject({ code: "unavailable" });
});
