import { afterEach, expect, test } from "bun:test";
import { FixedClock } from "../../application/testing/time.ts";
import { PostgresDeliveryLog } from "./delivery-log.ts";
import { PostgresRecentChats } from "./recent-chats.ts";
import { migratedDatabase } from "./testing/database.ts";

let resources = new AsyncDisposableStack();
afterEach(async () => {
  await resources.disposeAsync();
  resources = new AsyncDisposableStack();
});

test("a person's chats come by their newest message, delivered or not, and nobody else's", async () => {
  const { database } = resources.use(await migratedDatabase());
  const clock = new FixedClock();
  const log = new PostgresDeliveryLog(database, clock);
  const times = { sentAtMs: 1, receivedAtMs: 1 };
  const brought = async (chatId: string, messageId: string, userId = "ann", reason = "available") => {
    clock.nowMs += 1_000;
    await log.finish({ chatId, messageId, userId }, { kind: "suppressed", reason }, times);
  };
  await brought("19:a", "1");
  await brought("19:b", "2");
  await brought("19:c", "3");
  await brought("19:a", "4");
  await brought("19:ben", "5", "ben");
  await brought("48:notes", "6", "ann", "self-chat");
  clock.nowMs += 1_000;
  await log.noteChange({ chatId: "19:awaited", messageId: "7", userId: "ann" }, 5, times);
  await log.finish(
    { chatId: "19:b", messageId: "8", userId: "ann" },
    { kind: "delivered", postId: "p" },
    times,
  );
  const chats = new PostgresRecentChats(database);
  expect(await chats.of("ann", 10)).toEqual(["19:b", "19:a", "19:c"]);
  expect(await chats.of("ann", 2)).toEqual(["19:b", "19:a"]);
  expect(await chats.of("cem", 10)).toEqual([]);
});
