import { expect, test } from "bun:test";
import type { Connection } from "../../domain/connection.ts";
import { MattermostError } from "../mattermost/mattermost-error.ts";
import { heldTogetherMs } from "./held-posts.ts";
import { notedActs } from "./noted-acts.ts";
import { pipeline, work } from "./testing/pipeline.ts";

const ann: Connection = {
  userId: "ann".padEnd(26, "0"),
  tenantId: "tenant-id",
  teamsUserId: "teams-ann",
  teamsAccount: "ann@contoso.com",
  connectedAtMs: 0,
};
const ben: Connection = { ...ann, userId: "ben".padEnd(26, "0"), teamsUserId: "teams-ben" };
const key = { chatId: "19:group", messageId: "1", userId: ann.userId };

function withGrace(world: Partial<Parameters<typeof pipeline>[0]> = {}) {
  const run = pipeline({ connections: [ann], ...world });
  run.preferences.chosen.set(ann.userId, { grace: "1m" });
  return run;
}

test("a message that is to wait is held with its content sealed, and nothing is posted", async () => {
  const run = withGrace();
  const entry = work({});
  await run.process(entry);
  expect(run.posts.posts).toEqual([]);
  const untilMs = run.clock.now() - 100 + 60_000;
  expect(run.holding.held).toEqual([{ ...entry, userId: ann.userId, untilMs }]);
  const record = await run.deliveries.find(key);
  expect(record).toMatchObject({
    outcome: { kind: "held", reason: "held" },
    times: { heldUntilMs: untilMs },
  });
  expect(run.metrics.counts.get("deliveries held held")).toBe(1);
});

test("what was held is brought when it is due, though it is recorded as held", async () => {
  const run = withGrace();
  await run.process(work({}));
  await run.process(work({ ageMs: 60_000 }, { heldAtMs: run.clock.now() }));
  expect(run.posts.posts.map(({ message }) => message)).toEqual(["text"]);
  expect(run.deliveries.outcomes()).toEqual([`${ann.userId} delivered`]);
  expect(run.historyRequests).toEqual([`${ann.userId} 19:group`]);
});

test("what its reader saw meanwhile is not brought", async () => {
  const run = withGrace({ history: { actedAtMs: 1 } });
  await run.process(work({ ageMs: 60_000 }, { heldAtMs: run.clock.now() }));
  expect(run.posts.posts).toEqual([]);
  expect(run.deliveries.outcomes()).toEqual([`${ann.userId} suppressed: seen`]);
});

test("what is kept from somebody in front of Teams is not held", async () => {
  const run = withGrace({ present: [ann.teamsUserId] });
  await run.process(work({}));
  expect(run.holding.held).toEqual([]);
  expect(run.deliveries.outcomes()).toEqual([`${ann.userId} suppressed: present`]);
});

test("where there is no room to hold more, the message is brought at once", async () => {
  const run = withGrace();
  run.holding.hasRoom = false;
  await run.process(work({}));
  expect(run.posts.posts).toHaveLength(1);
  expect(await run.deliveries.find(key)).toMatchObject({ outcome: { kind: "delivered", because: "absent" } });
});

test("a message edited while it is held is brought as it stands then", async () => {
  const run = withGrace();
  await run.process(work({}));
  await run.process(work({ text: "edited", changedAtMs: 2 }, { changeType: "updated" }));
  expect(run.posts.posts).toEqual([]);
  run.fetchable.set("19:group/1", {
    ...{ chatId: "19:group", messageId: "1", text: "edited", changedAtMs: 2, ageMs: 60_000 },
  });
  await run.process(work({ ageMs: 60_000 }, { heldAtMs: run.clock.now() }));
  expect(run.posts.posts.map(({ message }) => message)).toEqual(["edited"]);
});

test("a message deleted while it is held, however long, is not brought", async () => {
  const run = withGrace();
  await run.process(work({}));
  const ageMs = 64 * 60 * 60_000;
  await run.process(work({ isDeleted: true, changedAtMs: 2, ageMs }, { changeType: "deleted" }));
  run.fetchable.set("19:group/1", {
    ...{ chatId: "19:group", messageId: "1", text: "", isDeleted: true, changedAtMs: 2, ageMs },
  });
  await run.process(work({ ageMs }, { heldAtMs: run.clock.now() }));
  expect(run.posts.posts).toEqual([]);
  expect(run.deliveries.outcomes()).toEqual([`${ann.userId} suppressed: deleted`]);
});

test("of one message for several people, it is held for those alone who want that", async () => {
  const members = [ann.teamsUserId, ben.teamsUserId];
  const run = withGrace({ connections: [ann, ben], chat: { members } });
  await run.process(work({}, { userId: undefined }));
  expect(run.holding.held.map(({ userId }) => userId)).toEqual([ann.userId]);
  expect([...run.deliveries.outcomes()].sort()).toEqual(
    [`${ann.userId} held`, `${ben.userId} delivered`].map((outcome) =>
      outcome.endsWith("held") ? `${outcome}: held` : outcome,
    ),
  );
});

test("a post that a crash left is found and not made again later", async () => {
  const run = withGrace();
  const channelId = await run.posts.directChannel(ann.userId);
  await run.deliveries.intend(key, channelId, { sentAtMs: 1, receivedAtMs: run.clock.now() });
  await run.posts.create(channelId, { key: "19:group/1", message: "text" });
  await run.process(work({}));
  expect(run.holding.held).toEqual([]);
  expect(run.deliveries.outcomes()).toEqual([`${ann.userId} delivered`]);
});

test("what is held leaves the times of what is brought at once alone", async () => {
  const run = withGrace();
  await run.process(
    work({ ageMs: 60_000 }, { heldAtMs: run.clock.now(), storedAtMs: run.clock.now() - 60_000 }),
  );
  expect([...run.metrics.observed.keys()]).toEqual(["presence_ms"]);
});

test("that a person wrote in a chat is noted where their message is decided about", async () => {
  const run = withGrace({ connections: [ann, ben], chat: { members: [ann.teamsUserId, ben.teamsUserId] } });
  await run.process(work({ senderId: ann.teamsUserId }, { userId: undefined }));
  expect(run.acts).toEqual([`${ann.userId} 19:group`]);
});

test("acts are noted only while anything is held, and a failure is nobody's", async () => {
  const noted: string[] = [];
  let isAnyHeld = false;
  let error: Error | undefined;
  const sightings = {
    async noteActs(userId: string, acts: ReadonlyMap<string, number>) {
      if (error !== undefined) throw error;
      for (const [chatId, atMs] of acts) noted.push(`${userId} ${chatId} ${atMs}`);
    },
  };
  const note = notedActs({ isAnyHeld: () => isAnyHeld, sightings });
  note("ann", { chatId: "19:a", sentAtMs: 1 });
  isAnyHeld = true;
  note("ann", { chatId: "19:a", sentAtMs: 2 });
  error = new Error("no database");
  note("ann", { chatId: "19:a", sentAtMs: 3 });
  expect(noted).toEqual(["ann 19:a 2"]);
});

test("only of who has quiet hours the time zone is asked for", async () => {
  const run = pipeline({ connections: [ann] });
  await run.process(work({}));
  expect(run.zoneRequests).toEqual([]);
  run.preferences.chosen.set(ann.userId, { quietHours: [{ days: [1], from: 0, to: 1440 }] });
  await run.process(work({ messageId: "2" }));
  expect(run.zoneRequests).toEqual([ann.userId]);
});

/** Three messages of one chat, sent hours apart, and one of another between them, as they are released. */
async function released(run: ReturnType<typeof pipeline>) {
  const heldAtMs = run.clock.now();
  for (const [messageId, chatId] of [
    ["1", "19:a"],
    ["2", "19:a"],
    ["7", "19:b"],
    ["3", "19:a"],
  ] as const) {
    const ageMs = (10 - Number(messageId)) * 3_600_000;
    await run.process(work({ messageId, chatId, ageMs, text: messageId }, { heldAtMs }));
  }
  return run.posts.posts.map(({ message }) => message);
}

test("what is released together of one chat shares a post, whatever else is released meanwhile", async () => {
  const run = withGrace();
  expect(await released(run)).toEqual(["1\n\nand 2\n\nand 3", "7"]);
  expect(run.deliveries.outcomes()).toEqual(Array(4).fill(`${ann.userId} delivered`));
});

test("what was recorded as held joins as well, and an edit changes its part alone", async () => {
  const run = withGrace();
  for (const messageId of ["1", "2"]) await run.process(work({ messageId, chatId: "19:a" }));
  expect(await released(run)).toEqual(["1\n\nand 2\n\nand 3", "7"]);
  const edited = { messageId: "2", chatId: "19:a", text: "edited", changedAtMs: 2 };
  await run.process(work(edited, { changeType: "updated" }));
  expect(run.posts.posts.map(({ message }) => message)).toEqual(["1\n\nand edited\n\nand 3", "7"]);
});

test("to a post that its reader may have seen nothing is added", async () => {
  const run = withGrace();
  run.posts.looking.add(ann.userId);
  expect(await released(run)).toEqual(["1", "2", "7", "3"]);
  run.posts.looking.clear();
  run.clock.nowMs += heldTogetherMs;
  await run.process(work({ messageId: "4", chatId: "19:a", text: "4", ageMs: 60_000 }, { heldAtMs: 1 }));
  expect(run.posts.posts).toHaveLength(5);
});

test("an attempt to join that was cut off is found by its key, and not repeated", async () => {
  const run = withGrace();
  const heldAtMs = run.clock.now();
  const bring = (messageId: string, attempts = 0) =>
    run.process(
      work({ messageId, chatId: "19:a", text: messageId, ageMs: 3_600_000 }, { heldAtMs, attempts }),
    );
  await bring("1");
  run.posts.failRewriting = { error: new MattermostError("unavailable", "lost"), afterwards: true };
  await expect(bring("2")).rejects.toMatchObject({ code: "unavailable" });
  await bring("2", 1);
  expect(run.posts.posts.map(({ message }) => message)).toEqual(["1\n\nand 2"]);
  expect(run.deliveries.outcomes()).toEqual(Array(2).fill(`${ann.userId} delivered`));
});
