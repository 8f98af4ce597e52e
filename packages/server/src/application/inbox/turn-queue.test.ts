import { expect, test } from "bun:test";
import { agedAfterMs, TurnQueue } from "./turn-queue.ts";

const room = { hasRoomForLate: true };

function takeAll(queue: TurnQueue<string>, nowMs: number, how = room): readonly string[] {
  const taken: string[] = [];
  for (let lane = queue.next(nowMs, how); lane !== undefined; lane = queue.next(nowMs, how)) taken.push(lane);
  return taken;
}

test("quiet lanes go before busy ones and those before late ones, each in the order in which they came", () => {
  const queue = new TurnQueue<string>();
  queue.add("late", "late", 0);
  queue.add("busy 1", "busy", 1);
  queue.add("busy 2", "busy", 2);
  queue.add("quiet 1", "quiet", 3);
  queue.add("quiet 2", "quiet", 4);
  expect(takeAll(queue, 5)).toEqual(["quiet 1", "quiet 2", "busy 1", "busy 2", "late"]);
});

test("a lane that waits keeps its place, unless it becomes more urgent", () => {
  const queue = new TurnQueue<string>();
  queue.add("a", "late", 0);
  queue.add("b", "busy", 1);
  queue.add("c", "quiet", 2);
  queue.add("d", "quiet", 3);
  queue.add("c", "quiet", 4);
  queue.add("c", "late", 4);
  queue.add("b", "late", 5);
  queue.add("a", "busy", 6);
  expect(takeAll(queue, 7)).toEqual(["c", "d", "b", "a"]);
  queue.add("b", "busy", 8);
  queue.add("c", "quiet", 9);
  queue.add("b", "quiet", 10);
  expect(takeAll(queue, 11)).toEqual(["c", "b"]);
});

test("late lanes wait while there is no room for them", () => {
  const queue = new TurnQueue<string>();
  queue.add("late", "late", 0);
  expect(queue.next(2 * agedAfterMs, { hasRoomForLate: false })).toBeUndefined();
  expect(queue.next(2 * agedAfterMs, room)).toBe("late");
});

test.each(["busy", "late"] as const)("%s lanes that waited long get every fourth turn", (urgency) => {
  const queue = new TurnQueue<string>();
  queue.add("aged 1", urgency, 0);
  queue.add("aged 2", urgency, 0);
  for (let index = 1; index <= 9; index += 1) queue.add(`quiet ${index}`, "quiet", 0);
  const turns = takeAll(queue, agedAfterMs + 1);
  expect([turns.indexOf("aged 1"), turns.indexOf("aged 2")]).toEqual([3, 7]);
});

test("lanes that waited no longer than others do wait on", () => {
  const queue = new TurnQueue<string>();
  queue.add("busy", "busy", 0);
  for (let index = 1; index <= 5; index += 1) queue.add(`quiet ${index}`, "quiet", 0);
  expect(takeAll(queue, agedAfterMs).at(-1)).toBe("busy");
});

test("a removed lane gets no turn", () => {
  const queue = new TurnQueue<string>();
  queue.add("a", "late", 0);
  queue.add("b", "quiet", 0);
  queue.remove("b");
  expect(takeAll(queue, 1)).toEqual(["a"]);
});
