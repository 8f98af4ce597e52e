import { expect, test } from "bun:test";
import { MattermostError } from "../mattermost/mattermost-error.ts";
import { ann } from "../subscriptions/testing/graph.ts";
import { MemoryAccessProblems } from "../testing/memory-access.ts";
import { MemoryPosts } from "../testing/memory-posts.ts";
import { RecordedLog } from "../testing/observed.ts";
import { FixedClock } from "../testing/time.ts";
import { Access } from "./access.ts";

function accessing() {
  const parts = {
    problems: new MemoryAccessProblems(),
    posts: new MemoryPosts(),
    clock: new FixedClock(),
    log: new RecordedLog(),
  };
  return { ...parts, access: new Access(parts) };
}

test("administrators read once in the log what is refused and what to do", async () => {
  const { access, log } = accessing();
  await access.applicationRefused("presence", "forbidden");
  await access.applicationRefused("presence", "forbidden");
  expect(log.lines.filter((line) => line.includes("grant Presence.Read.All"))).toHaveLength(1);
});

test("that it works again is known to whoever notices first", async () => {
  const { access } = accessing();
  await access.applicationRefused("sign-in", "unauthorized");
  expect(await access.applicationWorks("presence")).toBe(false);
  expect(await access.applicationWorks("presence", "sign-in")).toBe(true);
  expect(await access.applicationWorks("sign-in")).toBe(false);
});

test.each([
  ["forbidden", "does not let this Mattermost server read"],
  ["not-found", "`/msteams connect`"],
] as const)("a person whose messages are refused as %s reads what to do", async (code, words) => {
  const { access, posts } = accessing();
  await access.personRefused({ ...ann, teamsAccount: "`@all`" }, code);
  await access.personRefused({ ...ann, teamsAccount: "`@all`" }, code);
  expect(posts.posts.map(({ channelId }) => channelId)).toEqual([`dm-${ann.userId}`]);
  expect(posts.posts[0]?.message).toContain(words);
  expect(posts.posts[0]?.message).toContain("`@all`");
});

test("a person who could not be told is told the next time", async () => {
  const { access, posts, problems } = accessing();
  posts.failNext = { error: new MattermostError("unavailable", "busy"), afterCreating: false };
  await expect(access.personRefused(ann, "forbidden")).rejects.toThrow("busy");
  expect(problems.all).toEqual([]);
  await access.personRefused(ann, "forbidden");
  expect(posts.posts).toHaveLength(1);
});

test("no account name reaches the log", async () => {
  const { access, log } = accessing();
  await access.personRefused(ann, "forbidden");
  expect(log.lines.join()).not.toContain(ann.teamsAccount);
});
