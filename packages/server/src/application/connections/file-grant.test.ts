import { expect, test } from "bun:test";
import { connectionStatus } from "./connection-status.ts";
import { finishConnection } from "./finish-connection.ts";
import { openLink } from "./open-link.ts";
import { startConnection } from "./start-connection.ts";
import { accountOf, Connecting } from "./testing/connecting.ts";

const refreshToken = "a refresh token";

/** People in a place where files are copied, and Microsoft gives tokens for them. */
function copying(): Connecting {
  const world = new Connecting();
  world.ports = { ...world.ports, fileGrants: world.fileGrants };
  world.account = { ...accountOf("ann"), refreshToken };
  return world;
}

async function signIn(world: Connecting) {
  const userId = world.ann.id;
  const started = await startConnection(world.ports, {
    userId,
    channelId: "town",
    rootId: "root",
    ephemeralPostId: "eph",
  });
  if (started.kind !== "link") return started.kind;
  const state = new URL(started.url).searchParams.get("state") ?? "";
  const opened = await openLink(world.ports, { state, sessionUserId: userId });
  if (opened.kind !== "redirect") return opened.refusal.reason;
  const { browserSecret } = opened;
  const request = { state, code: "code", error: undefined, browserSecret, sessionUserId: userId };
  const finished = await finishConnection(world.ports, request);
  return finished.kind === "connected" ? "connected" : finished.refusal.reason;
}

const filesOf = async (world: Connecting) => {
  const status = await connectionStatus(world.ports, world.ann.id);
  return status.kind === "connected" ? status.files : status.kind;
};

test("what a person agrees to for files is kept while files are copied", async () => {
  const world = copying();
  expect(await signIn(world)).toBe("connected");
  expect(world.fileGrants.all.get(world.ann.id)).toEqual({ refreshToken, grantedAtMs: world.clock.nowMs });
  expect(await filesOf(world)).toBe("copied");
  expect(world.log.lines.join()).not.toContain(refreshToken);
});

test("nothing is kept while they are not", async () => {
  const world = new Connecting();
  world.account = { ...accountOf("ann"), refreshToken };
  await signIn(world);
  expect([world.fileGrants.all.size, await filesOf(world)]).toEqual([0, "off"]);
});

test("a connection holds although nothing can be kept, and status says so", async () => {
  const world = copying();
  world.fileGrants.put = () => Promise.reject(new Error("database away"));
  expect(await signIn(world)).toBe("connected");
  expect(await filesOf(world)).toBe("sign-in-missing");
});

test("who connected before files were copied signs in once more, and stays connected as before", async () => {
  const world = new Connecting();
  await signIn(world);
  const before = [...world.connections.all];
  world.ports = { ...world.ports, fileGrants: world.fileGrants };
  world.account = { ...accountOf("ann"), refreshToken };
  world.clock.nowMs += 60_000;
  expect(await signIn(world)).toBe("connected");
  expect(await filesOf(world)).toBe("copied");
  expect(world.connections.all).toEqual(before);
  expect(world.posts.posts).toHaveLength(1);
  expect(world.ephemeral.at(-1)?.message).toStartWith("You are connected to Teams");
  expect(await signIn(world)).toBe("already-connected");
});

test("signing in once more with another account changes nothing", async () => {
  const world = new Connecting();
  await signIn(world);
  const before = [...world.connections.all];
  world.ports = { ...world.ports, fileGrants: world.fileGrants };
  world.account = { ...accountOf("ann", { objectId: "oid-of-another" }), refreshToken };
  expect(await signIn(world)).toBe("already-connected");
  expect(world.connections.all).toEqual(before);
  expect(await filesOf(world)).toBe("sign-in-missing");
});
