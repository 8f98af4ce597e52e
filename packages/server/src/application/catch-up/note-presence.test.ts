import { expect, test } from "bun:test";
import { parsePresence } from "../../domain/presence.ts";
import { Access } from "../access/access.ts";
import { GraphError } from "../graph/graph-error.ts";
import { maxIdsPerPresenceRequest } from "../graph/presence-source.ts";
import { MemoryAccessProblems } from "../testing/memory-access.ts";
import { MemoryConnections } from "../testing/memory-connections.ts";
import { MemoryPosts } from "../testing/memory-posts.ts";
import { RecordedLog } from "../testing/observed.ts";
import { FixedClock } from "../testing/time.ts";
import { notePresence } from "./note-presence.ts";
import { person } from "./testing/catch-up-world.ts";

function noting(names: readonly string[], shown: Readonly<Record<string, string>>) {
  const clock = new FixedClock();
  const log = new RecordedLog();
  const problems = new MemoryAccessProblems();
  const requests: number[] = [];
  const noted: (readonly [userIds: readonly string[], atMs: number])[] = [];
  const world = { error: undefined as GraphError | undefined };
  const note = () =>
    notePresence({
      presences: {
        async presencesOf(ids) {
          requests.push(ids.length);
          if (world.error !== undefined) throw world.error;
          return new Map(
            ids.flatMap((id) => {
              const availability = shown[id];
              return availability === undefined
                ? []
                : [[id, parsePresence({ availability, activity: availability })]];
            }),
          );
        },
      },
      connections: new MemoryConnections(...names.map((name) => person(name))),
      sightings: {
        async notePresent(userIds, atMs) {
          noted.push([userIds, atMs]);
        },
      },
      access: new Access({ problems, posts: new MemoryPosts(), clock, log }),
      clock,
    });
  return { note, noted, requests, problems, world, clock };
}

test("those in front of Teams are noted with the time they were asked about", async () => {
  const { note, noted, clock } = noting(["ann", "ben", "carol", "dora"], {
    "teams-ann": "Available",
    "teams-ben": "Away",
    "teams-carol": "Busy",
  });
  await note();
  expect(noted).toEqual([[[person("ann").userId, person("carol").userId], clock.now()]]);
});

test("as many people share a request as Graph takes", async () => {
  const names = Array.from({ length: maxIdsPerPresenceRequest + 3 }, (_, number) => `p${number}`);
  const { note, requests } = noting(names, {});
  await note();
  expect(requests).toEqual([maxIdsPerPresenceRequest, 3]);
});

test("nobody is asked about when nobody is connected", async () => {
  const { note, requests } = noting([], {});
  await note();
  expect(requests).toEqual([]);
});

test.each([
  ["unauthorized", "sign-in"],
  ["forbidden", "presence"],
] as const)("%s is the application's problem until it passes", async (code, area) => {
  const { note, problems, world } = noting(["ann"], { "teams-ann": "Away" });
  world.error = new GraphError(code, "no");
  await expect(note()).rejects.toBe(world.error);
  expect(problems.all).toMatchObject([{ owner: "application", area, code }]);
  world.error = undefined;
  await note();
  expect(problems.all).toEqual([]);
});

test("what passes by itself is nobody's problem", async () => {
  const { note, problems, world } = noting(["ann"], {});
  world.error = new GraphError("unavailable", "503");
  await expect(note()).rejects.toBe(world.error);
  expect(problems.all).toEqual([]);
});
