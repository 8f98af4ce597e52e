import { expect, test } from "bun:test";
import { InboxWorker } from "../../application/inbox/inbox-worker.ts";
import { systemTimers } from "../../application/timers.ts";
import { maxPoolConnections } from "./database.ts";
import { openStorage } from "./storage.ts";
import { connectionsLeft, ManualTime, migratedDatabase, silentLog } from "./testing/database.ts";
import { entry } from "./testing/inbox-entries.ts";
import { RecordedTasks } from "./testing/recorded-tasks.ts";

const randomness = { token: () => "token", mattermostId: () => "id" };
const shared = { clock: new ManualTime(), timers: systemTimers, log: silentLog };
const options = { ...shared, encryptionKey: "k".repeat(32), randomness };
const here = { elsewhere: new Set<string>(), isLate: false };

test("an opened storage works off its inbox and removes what is old", async () => {
  await using fresh = await migratedDatabase();
  await using storage = await openStorage({ ...options, dataSource: fresh.url });
  const tasks = new RecordedTasks();
  {
    await using worker = new InboxWorker({
      ...shared,
      store: storage.inbox,
      shares: storage.shares,
      mayHold: () => true,
    });
    await worker.start(tasks);
    await worker.accept([entry("a", 1)]);
    await tasks.ended(1);
  }
  expect(await storage.cleanUp()).toBe(0);
  expect(await storage.inbox.counts()).toEqual({ pending: 0, held: 0, dead: 0 });
});

test("a storage whose encryption key changed is refused and leaves no connection open", async () => {
  await using fresh = await migratedDatabase();
  await (await openStorage({ ...options, dataSource: fresh.url }))[Symbol.asyncDispose]();
  const error = await openStorage({ ...options, dataSource: fresh.url, encryptionKey: "other" }).catch(
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({ name: "PostgresError", code: "encryption-key-changed" });
  expect(await connectionsLeft(fresh.database)).toBe(0);
});

test("what Graph sends is stored while the work holds every other connection", async () => {
  await using fresh = await migratedDatabase();
  await using storage = await openStorage({ ...options, dataSource: fresh.url });
  const free = Promise.withResolvers<void>();
  const work = Array.from({ length: maxPoolConnections }, () =>
    storage.database.withConnection(() => free.promise),
  );
  expect((await storage.subscriptions.byIds(["unknown"])).size).toBe(0);
  expect(await storage.inbox.store([entry("a", 1)], here)).toHaveLength(1);
  free.resolve();
  await Promise.all(work);
});
