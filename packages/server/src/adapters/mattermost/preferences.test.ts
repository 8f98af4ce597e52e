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
      async delete(_userId, gone) {
        for (const { name } of gone) {
          const index = rows.findIndex((row) => row.name === name);
          if (index >= 0) rows.splice(index, 1);
        }
      },
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

test("mutes are read with the choices, and end", async () => {
  const { run, preferences } = over(["bots", "on"]);
  const mutes = [
    { chatId: "19:a@thread.v2", untilMs: undefined, mentions: true },
    { chatId: `19:${"b".repeat(200)}@thread.v2`, untilMs: 5, mentions: false },
  ];
  for (const mute of mutes) await preferences.mute("ann", mute);
  for (const { name = "" } of run.rows) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(32);
  expect(await preferences.of("ann")).toEqual({ ...defaultPreferences, bots: "on", mutes });
  expect(run.lists).toBe(1);
  await preferences.unmute("ann", ["19:a@thread.v2", "19:never"]);
  expect((await preferences.of("ann")).mutes).toEqual(mutes.slice(1));
});

test("a snooze is read with the choices, and its end is saved as well", async () => {
  const { run, preferences } = over();
  await preferences.snooze("ann", 1_790_000_000_000);
  expect(await preferences.of("ann")).toEqual({ ...defaultPreferences, snoozedUntilMs: 1_790_000_000_000 });
  expect(run.lists).toBe(1);
  run.rows.length = 0;
  await preferences.snooze("ann", undefined);
  expect(run.rows).toEqual([{ userId: "ann", category, name: "snooze", value: "off" }]);
  expect(await preferences.of("ann")).toEqual(defaultPreferences);
});

test("quiet hours are read with the choices, and their end is saved as well", async () => {
  const { run, preferences } = over(["quiet", "at night"]);
  expect((await preferences.of("ann")).quietHours).toEqual([]);
  run.rows.length = 0;
  const nights = [{ days: [1, 2, 3, 4, 5, 6, 7], from: 1200, to: 480 }];
  await preferences.setQuietHours("ann", nights);
  expect(run.rows).toEqual([{ userId: "ann", category, name: "quiet", value: "daily 20:00-08:00" }]);
  expect((await preferences.of("ann")).quietHours).toEqual(nights);
  run.rows.length = 0;
  await preferences.setQuietHours("ann", []);
  expect(run.rows).toEqual([{ userId: "ann", category, name: "quiet", value: "off" }]);
});

test.each(["", "tomorrow", "-1", "1e99", "99999999999999999999"])(
  "%p is no end of a snooze",
  async (value) => {
    expect(await over(["snooze", value]).preferences.of("ann")).toEqual(defaultPreferences);
  },
);

test("a row that is no mute, or of another chat than its name says, mutes nothing", async () => {
  const { run, preferences } = over(
    ["mute_x", "{"],
    ["mute_y", '{"chat":"19:a","until":null,"mentions":true}'],
    ["mute_z", '{"chat":"","until":"soon"}'],
  );
  await preferences.mute("ann", { chatId: "19:a", untilMs: undefined, mentions: true });
  const value = run.rows.at(-1)?.value?.replace("19:a", "19:b") ?? "";
  run.rows.splice(-1, 1, { userId: "ann", category, name: run.rows.at(-1)?.name ?? "", value });
  expect((await preferences.of("ann")).mutes).toEqual([]);
});

test("a failure is not taken for a choice", async () => {
  const { run, preferences } = over();
  run.failure = new AppError({ id: "app.preference", message: "", statusCode: 500 });
  await expect(preferences.of("ann")).rejects.toMatchObject({ code: "unavailable" });
});
