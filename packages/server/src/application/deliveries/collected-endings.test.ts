import { expect, test } from "bun:test";
import { MemoryDeliveries } from "../testing/memory-deliveries.ts";
import { FixedClock } from "../testing/time.ts";
import { CollectedEndings } from "./collected-endings.ts";
import type { Ending } from "./delivery-log.ts";

const key = { chatId: "19:a", messageId: "1", userId: "ann" };
const times = { sentAtMs: 1, receivedAtMs: 2 };
const suppressed = { kind: "suppressed", reason: "busy" } as const;

function collecting() {
  const log = new MemoryDeliveries(new FixedClock());
  const recorded: Ending[] = [];
  return { log, recorded, endings: new CollectedEndings(log, (ending) => recorded.push(ending)) };
}

test("an ending is collected once, and the log hears nothing of it yet", async () => {
  const { log, recorded, endings } = collecting();
  await endings.finish(key, suppressed, times);
  expect(recorded).toEqual([{ key, outcome: suppressed, times }]);
  expect(log.outcomes()).toEqual([]);
});

test("whoever needs it recorded settles it, once", async () => {
  const { log, recorded, endings } = collecting();
  await endings.finish(key, suppressed, times);
  await endings.settle();
  expect(log.outcomes()).toEqual(["ann suppressed: busy"]);
  log.all.clear();
  await endings.settle();
  expect(log.outcomes()).toEqual([]);
  expect(recorded).toHaveLength(1);
});

test("everything else is asked of the log and told to it at once", async () => {
  const { log, endings } = collecting();
  expect(await endings.intend(key, "dm", times)).toBe("first");
  expect(await endings.find(key)).toMatchObject({ outcome: { kind: "posting" }, channelId: "dm" });
  await endings.setEnded(key);
  expect(await log.find(key)).toMatchObject({ intendedAtMs: undefined });
  await endings.setUnderWay(key, "dm2");
  expect(await log.find(key)).toMatchObject({ channelId: "dm2" });
  await endings.noteChange(key, 7, times);
  expect(await log.find(key)).toMatchObject({ changedAtMs: 7 });
  expect(await endings.recent(1)).toEqual(await log.recent(1));
});
