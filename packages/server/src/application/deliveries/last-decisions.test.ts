import { expect, test } from "bun:test";
import { ann } from "../subscriptions/testing/graph.ts";
import { MemoryConnections } from "../testing/memory-connections.ts";
import { MemoryDeliveries } from "../testing/memory-deliveries.ts";
import { MemoryPosts } from "../testing/memory-posts.ts";
import { FixedClock } from "../testing/time.ts";
import type { Outcome } from "./delivery-log.ts";
import { decisionOfPost, lastDecisions } from "./last-decisions.ts";

function world() {
  const clock = new FixedClock();
  const deliveries = new MemoryDeliveries(clock);
  const posts = new MemoryPosts(clock);
  const connections = new MemoryConnections(ann);
  const ports = { clock, deliveries, posts, connections, users: { get: async () => undefined } };
  const decided = (messageId: string, outcome: Outcome, userId = ann.userId) =>
    deliveries.finish({ chatId: "19:a", messageId, userId }, outcome, { sentAtMs: 1, receivedAtMs: 2 });
  return { ports, posts, decided };
}

test("the last ten decisions are told, newest first, without what nobody waits for and what is others'", async () => {
  const { ports, decided } = world();
  for (let each = 1; each <= 12; each += 1)
    await decided(`${each}`, { kind: "suppressed", reason: "available" });
  for (const reason of ["own-message", "system-event", "self-chat"])
    await decided(reason, { kind: "suppressed", reason });
  await decided("ben's", { kind: "suppressed", reason: "busy" }, "ben");
  const { records = [] } = (await lastDecisions(ports, ann.userId)) ?? {};
  expect(records.map(({ messageId }) => messageId)).toEqual([
    "12",
    "11",
    "10",
    "9",
    "8",
    "7",
    "6",
    "5",
    "4",
    "3",
  ]);
});

test("who is not connected is told nothing", async () => {
  expect(await lastDecisions(world().ports, "stranger")).toBeUndefined();
});

test("of a post the decision about its message is told, to its reader alone", async () => {
  const { ports, posts, decided } = world();
  await decided("17", { kind: "delivered", postId: "p", because: "away" });
  const { postId } = await posts.create(await posts.directChannel(ann.userId), {
    key: "19:a/17",
    message: "",
  });
  const { records } = await decisionOfPost(ports, ann.userId, postId);
  expect(records).toMatchObject([{ messageId: "17", outcome: { because: "away" } }]);
  expect((await decisionOfPost(ports, "ben", postId)).records).toEqual([]);
  expect((await decisionOfPost(ports, ann.userId, "gone")).records).toEqual([]);
});
