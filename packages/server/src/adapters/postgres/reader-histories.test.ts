import { expect, test } from "bun:test";
import { PostgresConnections } from "./connection-store.ts";
import { schema } from "./database.ts";
import { PostgresReaderHistories } from "./reader-histories.ts";
import { connectPeople } from "./testing/connected-people.ts";
import { migratedDatabase } from "./testing/database.ts";

async function histories(...names: readonly string[]) {
  const fresh = await migratedDatabase();
  await connectPeople(fresh.database, ...names);
  const known = new PostgresReaderHistories(fresh.database);
  return { ...fresh, known, [Symbol.asyncDispose]: () => fresh[Symbol.asyncDispose]() };
}

test("nothing is known of a person who was never noticed", async () => {
  await using world = await histories("ann");
  expect(await world.known.of("ann", "19:a")).toEqual({});
});

test("being in front of Teams counts for every chat, an act for its own", async () => {
  await using world = await histories("ann", "ben");
  await world.known.notePresent(["ann", "ben"], 10);
  await world.known.noteActs(
    "ann",
    new Map([
      ["19:a", 20],
      ["19:b", 30],
    ]),
  );
  expect(await world.known.of("ann", "19:a")).toEqual({ presentAtMs: 10, actedAtMs: 20 });
  expect(await world.known.of("ann", "19:c")).toEqual({ presentAtMs: 10 });
  expect(await world.known.of("ben", "19:a")).toEqual({ presentAtMs: 10 });
});

test("the last time counts, in whatever order times are noted", async () => {
  await using world = await histories("ann");
  for (const atMs of [20, 30, 10]) {
    await world.known.notePresent(["ann"], atMs);
    await world.known.noteActs("ann", new Map([["19:a", atMs]]));
  }
  expect(await world.known.of("ann", "19:a")).toEqual({ presentAtMs: 30, actedAtMs: 30 });
});

test("notifications are on since they were last turned on, however often that is told", async () => {
  await using world = await histories("ann");
  const since = async () => (await world.known.of("ann", "19:a")).notificationsOnSinceMs;
  await world.known.noteSwitch("ann", true, 1);
  expect(await since()).toBeUndefined();
  await world.known.noteSwitch("ann", false, 2);
  await world.known.noteSwitch("ann", false, 3);
  expect(await since()).toBeUndefined();
  await world.known.noteSwitch("ann", true, 4);
  await world.known.noteSwitch("ann", true, 5);
  expect(await since()).toBe(4);
});

test("turning everything on again turns nobody on who is off", async () => {
  await using world = await histories("ann", "ben", "carol");
  await world.known.noteSwitch("ben", false, 1);
  await world.known.noteSwitch("carol", false, 1);
  await world.known.noteSwitch("carol", true, 2);
  await world.known.noteSwitchedOnForAll(9);
  const since = ["ann", "ben", "carol"].map(
    async (name) => (await world.known.of(name, "19:a")).notificationsOnSinceMs,
  );
  expect(await Promise.all(since)).toEqual([9, undefined, 9]);
});

test("nothing is kept of people who are not connected", async () => {
  await using world = await histories("ann");
  await world.known.notePresent(["ann", "stranger"], 1);
  await world.known.noteActs("stranger", new Map([["19:a", 1]]));
  await world.known.noteSwitch("stranger", false, 1);
  await world.known.noteSwitch("ann", false, 1);
  await new PostgresConnections(world.database).remove("ann");
  for (const table of ["sightings", "notification_switches"])
    expect(await world.database.query(`SELECT * FROM ${schema}.${table}`)).toEqual([]);
});
