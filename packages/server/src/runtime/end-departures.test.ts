import { expect, test } from "bun:test";
import { migratedDatabase } from "../adapters/postgres/testing/database.ts";
import { exclusiveNode } from "../adapters/postgres/testing/inbox-node.ts";
import { Connecting, person, tenantId } from "../application/connections/testing/connecting.ts";
import { endDepartures } from "./end-departures.ts";

function departed() {
  const world = new Connecting();
  const { id: userId } = person("cem");
  world.connections.all.push({ userId, tenantId, teamsUserId: "t", teamsAccount: "a", connectedAtMs: 1 });
  return world;
}

test("who left while nothing ran is disconnected at the start", async () => {
  await using fresh = await migratedDatabase();
  await using node = await exclusiveNode(fresh.database);
  const world = departed();
  const changed = new Promise<void>((resolve) => {
    world.ports.events.connectionChanged = async () => resolve();
  });
  const departures = endDepartures(world.ports, node.exclusively, async () => true);
  await changed;
  await departures[Symbol.asyncDispose]();
  expect(world.connections.all).toEqual([]);
  expect(world.log.lines.join()).toContain("People who left Mattermost were disconnected");
});

test("another node that is at it is left alone", async () => {
  await using fresh = await migratedDatabase();
  await using node = await exclusiveNode(fresh.database);
  const world = departed();
  await using other = await exclusiveNode(fresh.database);
  await other.exclusively("end-departures", async () => {
    await endDepartures(world.ports, node.exclusively, async () => true)[Symbol.asyncDispose]();
  });
  expect(world.connections.all).toHaveLength(1);
});

test("a failure ends nobody's connection, and is tried again with the next hour", async () => {
  await using fresh = await migratedDatabase();
  await using node = await exclusiveNode(fresh.database);
  const world = departed();
  const { departed: ask } = world.ports.users;
  world.ports.users.departed = async () => Promise.reject(new TypeError("secret"));
  await using departures = endDepartures(world.ports, node.exclusively, async () => true);
  await departures.recurring.run();
  expect(world.connections.all).toHaveLength(1);
  expect(world.log.lines.join()).not.toContain("secret");
  world.ports.users.departed = ask;
  await departures.recurring.run();
  expect(world.connections.all).toEqual([]);
});

test("connections with another tenant end only when Microsoft has let the application in", async () => {
  await using fresh = await migratedDatabase();
  await using node = await exclusiveNode(fresh.database);
  const world = new Connecting();
  const { id: userId } = world.ann;
  const former = { userId, tenantId: "former", teamsUserId: "t", teamsAccount: "a", connectedAtMs: 1 };
  world.connections.all.push(former);
  let isLetIn = false;
  await using departures = endDepartures(world.ports, node.exclusively, async () => isLetIn);
  await departures.recurring.run();
  expect(world.connections.all).toEqual([former]);
  isLetIn = true;
  await departures.recurring.run();
  expect(world.connections.all).toEqual([]);
});
