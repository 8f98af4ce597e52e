import { expect, test } from "bun:test";
import { defaultPreferences, type ReaderPreferences } from "../../domain/reader-preferences.ts";
import { preferences } from "./contract.ts";

test("the first value of each choice is what a person has who never chose", () => {
  const { notifications, bots, threads, together } = preferences.choices;
  const first: ReaderPreferences = {
    notificationsOn: notifications[0] === "on",
    bots: bots[0] !== "off",
    threads: threads[0],
    together: together[0] !== "off",
  };
  expect(first).toEqual(defaultPreferences);
});
