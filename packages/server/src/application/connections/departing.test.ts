import { expect, test } from "bun:test";
import type { Connection } from "../../domain/connection.ts";
import { MattermostError } from "../mattermost/mattermost-error.ts";
import { disconnectOther } from "./disconnect-other.ts";
import { endDeparted } from "./end-departed.ts";
import { endOtherTenants } from "./end-other-tenants.ts";
import { Connecting, person, tenantId } from "./testing/connecting.ts";

function connect(world: Connecting, name: string): Connection {
  const teamsUserId = `oid-of-${name}`;
  const { id: userId } = person(name);
  const connection = { userId, tenantId, teamsUserId, teamsAccount: `${name}@example.com`, connectedAtMs: 7 };
  world.connections.all.push(connection);
  world.subscribed.add(userId);
  return connection;
}

const never = new AbortController().signal;
const left = (world: Connecting) => world.connections.all.map(({ teamsAccount }) => teamsAccount);

test("the connections of people who are deactivated or gone end, with their subscriptions", async () => {
  const world = new Connecting();
  for (const name of ["ann", "bob", "cem"]) connect(world, name);
  world.people.set(world.bob.id, { ...world.bob, isActive: false });
  expect(await endDeparted(world.ports, never)).toBe(2);
  expect(left(world)).toEqual(["ann@example.com"]);
  expect([...world.subscribed]).toEqual([world.ann.id]);
  expect(world.posts.posts).toEqual([]);
  expect(await endDeparted(world.ports, never)).toBe(0);
});

test("people are asked about some hundred at once", async () => {
  const world = new Connecting();
  const people = Array.from({ length: 450 }, (_, number) => person(`p${number}`));
  for (const each of people) {
    world.people.set(each.id, each);
    connect(world, each.username);
  }
  expect(await endDeparted(world.ports, never)).toBe(0);
  expect(world.askedAbout.map((ids) => ids.length)).toEqual([200, 200, 50]);
});

test("nothing more ends once the plugin stops", async () => {
  const world = new Connecting();
  for (const name of ["cem", "dee"]) connect(world, name);
  const stopping = new AbortController();
  world.ports.events.connectionChanged = async () => stopping.abort();
  expect(await endDeparted(world.ports, stopping.signal)).toBe(1);
  expect(left(world)).toEqual(["dee@example.com"]);
});

test("an administrator ends a person's connection, and the bot tells that person once", async () => {
  const world = new Connecting();
  connect(world, "ann");
  const both = await Promise.all([disconnectOther(world.ports, "ann"), disconnectOther(world.ports, "ann")]);
  const disconnected = { kind: "disconnected", account: "ann@example.com", wasTold: true } as const;
  expect(both).toContainEqual(disconnected);
  expect(both).toContainEqual({ kind: "not-connected" });
  expect(left(world)).toEqual([]);
  expect(world.posts.posts).toHaveLength(1);
  const [told] = world.posts.posts;
  expect(told?.channelId).toBe(`dm-${world.ann.id}`);
  expect(told?.message).toStartWith(
    "A system administrator has ended your connection to Teams as `ann@example.com`.",
  );
});

test("an administrator who names nobody, or nobody connected, changes nothing", async () => {
  const world = new Connecting();
  connect(world, "ann");
  expect(await disconnectOther(world.ports, "nobody")).toEqual({ kind: "no-such-person" });
  expect(await disconnectOther(world.ports, "bob")).toEqual({ kind: "not-connected" });
  expect([left(world), world.posts.posts]).toEqual([["ann@example.com"], []]);
});

test("a deactivated person is disconnected and not told", async () => {
  const world = new Connecting();
  connect(world, "ann");
  world.people.set(world.ann.id, { ...world.ann, isActive: false });
  expect(await disconnectOther(world.ports, "ann")).toMatchObject({ kind: "disconnected", wasTold: false });
  expect([left(world), world.posts.posts]).toEqual([[], []]);
});

test("a connection ends although its person cannot be told", async () => {
  const world = new Connecting();
  connect(world, "ann");
  world.posts.failNext = { error: new MattermostError("unavailable", "busy"), afterCreating: false };
  expect(await disconnectOther(world.ports, "ann")).toMatchObject({ kind: "disconnected", wasTold: false });
  expect(left(world)).toEqual([]);
});

test("connections with another tenant end, each person is told once, and can connect anew", async () => {
  const world = new Connecting();
  connect(world, "ann");
  connect(world, "bob");
  const former = { ...world.connections.all[1], tenantId: "a tenant of before" } as Connection;
  world.connections.all[1] = former;
  expect(await endOtherTenants(world.ports, never)).toBe(1);
  expect(left(world)).toEqual(["ann@example.com"]);
  expect(world.posts.posts.map(({ channelId }) => channelId)).toEqual([`dm-${world.bob.id}`]);
  expect(world.posts.posts[0]?.message).toContain("`/msteams connect` connects it");
  expect(await endOtherTenants(world.ports, never)).toBe(0);
});
