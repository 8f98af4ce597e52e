import { expect, test } from "bun:test";
import { defaultPreferences } from "../../domain/reader-preferences.ts";
import { GraphError, type GraphErrorCode } from "../graph/graph-error.ts";
import { catchUp } from "./catch-up.ts";
import { catchUpIn, minuteMs, nowMs, person, type RunningCatchUp, sent } from "./testing/catch-up-world.ts";

const [ann, ben, carol] = [person("ann"), person("ben"), person("carol")];
const refusal = (code: GraphErrorCode) => new GraphError(code, "no");
const told = (run: RunningCatchUp) => run.posts.posts.map(({ channelId }) => channelId);

test("everybody who is due is read, and what never came is counted", async () => {
  const run = catchUpIn({
    people: [ann, ben],
    messages: { [ann.teamsUserId]: [sent(10)], [ben.teamsUserId]: [sent(9), sent(8)] },
  });
  expect(await catchUp(run.ports)).toEqual({ kind: "done", people: 2, missed: 3 });
  expect(run.metrics.counts.get("messages_caught_up")).toBe(3);
  expect(run.due).toEqual([]);
});

test("more people than one look finds are read in one round", async () => {
  const people = Array.from({ length: 230 }, (_, number) => person(`p${number}`));
  expect(await catchUp(catchUpIn({ people }).ports)).toMatchObject({ kind: "done", people: 230 });
});

test.each(["throttled", "unavailable", "unreachable", "unauthorized"] as const)(
  "%s ends the round for everybody, who stay due",
  async (code) => {
    const people = Array.from({ length: 20 }, (_, number) => person(`p${number}`));
    const run = catchUpIn({ people, refusals: { "teams-p3": refusal(code) } });
    expect(await catchUp(run.ports)).toMatchObject({ kind: "stopped", because: code });
    expect(run.due.length).toBeGreaterThan(10);
    expect(run.due.some(({ connection }) => connection.teamsUserId === "teams-p3")).toBe(true);
    expect(run.postponed).toEqual([]);
  },
);

test("a full inbox ends the round before anyone is read", async () => {
  const run = catchUpIn({ people: [ann, ben] });
  run.room.isThere = false;
  expect(await catchUp(run.ports)).toEqual({ kind: "stopped", people: 0, missed: 0, because: "no-room" });
  expect(run.read).toEqual([]);
});

test("a round that is stopped ends between two people", async () => {
  const run = catchUpIn({ people: [ann, ben] });
  run.stopping.abort();
  expect(await catchUp(run.ports)).toMatchObject({ kind: "stopped", people: 0, because: "stopping" });
});

test("a failure of our own ends the round once nobody is being read any more", async () => {
  const run = catchUpIn({ people: [ann, ben, carol] });
  let under = 0;
  run.ports.preferences.of = async (userId) => {
    if (userId === ann.userId) throw new TypeError("a mistake");
    under += 1;
    await new Promise((resolve) => setImmediate(resolve));
    under -= 1;
    return defaultPreferences;
  };
  await expect(catchUp(run.ports)).rejects.toThrow("a mistake");
  expect(under).toBe(0);
});

test("a person who alone is refused is told so once, and put off while the others are read", async () => {
  const run = catchUpIn({ people: [ann, ben, carol], refusals: { [ben.teamsUserId]: refusal("forbidden") } });
  expect(await catchUp(run.ports)).toMatchObject({ kind: "done", people: 2 });
  expect(run.postponed).toEqual([[ben.userId, nowMs + 15 * minuteMs]]);
  expect(told(run)).toEqual([`dm-${ben.userId}`]);
  run.due.push(...catchUpIn({ people: [ann, ben] }).due);
  await catchUp(run.ports);
  expect(told(run)).toEqual([`dm-${ben.userId}`]);
});

test("a person refused in a round without others is told only when somebody else can be read", async () => {
  const run = catchUpIn({ people: [ann, ben], refusals: { [ben.teamsUserId]: refusal("not-found") } });
  run.due.shift();
  await catchUp(run.ports);
  expect(run.read.map(({ teamsUserId }) => teamsUserId)).toEqual([ben.teamsUserId, ann.teamsUserId]);
  expect(told(run)).toEqual([`dm-${ben.userId}`]);
  expect(run.posts.posts[0]?.message).toContain("does not find your Teams account");
});

test("when nobody can be read it is the application's problem, logged once, and no person is told", async () => {
  const all = refusal("forbidden");
  const refusals = Object.fromEntries([ann, ben].map(({ teamsUserId }) => [teamsUserId, all]));
  const run = catchUpIn({ people: [ann, ben], refusals });
  const due = [...run.due];
  for (let round = 0; round < 3; round += 1) {
    run.due.splice(0, run.due.length, ...due);
    await catchUp(run.ports);
  }
  expect(told(run)).toEqual([]);
  expect(run.problems.all).toMatchObject([{ owner: "application", area: "messages", code: "forbidden" }]);
  expect(run.log.lines.filter((line) => line.includes("Chat.Read.All"))).toHaveLength(1);
  for (const { teamsUserId } of [ann, ben]) delete run.refusals[teamsUserId];
  run.due.push(...due);
  await catchUp(run.ports);
  expect(run.problems.all).toEqual([]);
});

test("the only person there is cannot be told apart from the application", async () => {
  const run = catchUpIn({ people: [ann], refusals: { [ann.teamsUserId]: refusal("forbidden") } });
  await catchUp(run.ports);
  expect(run.problems.all).toMatchObject([{ owner: "application", area: "messages" }]);
});

test("a person whose notifications are off proves nothing about the others", async () => {
  const refusals = { [ann.teamsUserId]: refusal("forbidden") };
  const run = catchUpIn({ people: [ann, ben], off: [ben.userId], refusals });
  Object.assign(run.refusals, { [ben.teamsUserId]: refusal("forbidden") });
  expect(await catchUp(run.ports)).toMatchObject({ kind: "done", people: 1 });
  expect(told(run)).toEqual([]);
  expect(run.problems.all).toMatchObject([{ owner: "application", area: "messages" }]);
});

test("a person who can be read again is told anew if it happens again", async () => {
  const run = catchUpIn({ people: [ann, ben], refusals: { [ben.teamsUserId]: refusal("forbidden") } });
  const due = [...run.due];
  await catchUp(run.ports);
  const [gone] = [run.refusals[ben.teamsUserId]];
  delete run.refusals[ben.teamsUserId];
  run.due.push(...due);
  await catchUp(run.ports);
  expect(run.problems.all).toEqual([]);
  run.clock.nowMs += 1;
  if (gone !== undefined) run.refusals[ben.teamsUserId] = gone;
  run.due.push(...due);
  await catchUp(run.ports);
  expect(told(run)).toHaveLength(2);
});

test("a refused token is the application's problem", async () => {
  const run = catchUpIn({ people: [ann, ben], refusals: { [ann.teamsUserId]: refusal("unauthorized") } });
  await catchUp(run.ports);
  expect(run.problems.all).toMatchObject([{ owner: "application", area: "sign-in", code: "unauthorized" }]);
});

test("a request that Graph does not understand puts one person off and is logged", async () => {
  const run = catchUpIn({ people: [ann, ben], refusals: { [ann.teamsUserId]: refusal("invalid-request") } });
  expect(await catchUp(run.ports)).toMatchObject({ kind: "done", people: 1 });
  expect(run.postponed.map(([userId]) => userId)).toEqual([ann.userId]);
  expect(run.problems.all).toEqual([]);
});
