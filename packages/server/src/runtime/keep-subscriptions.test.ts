import { expect, test } from "bun:test";
import { migratedDatabase, silentLog } from "../adapters/postgres/testing/database.ts";
import { exclusiveNode } from "../adapters/postgres/testing/inbox-node.ts";
import { ManualTimers } from "../application/testing/time.ts";
import { keepSubscriptions } from "./keep-subscriptions.ts";

test("a round of minutes ends when the plugin stops, and none follows", async () => {
  await using fresh = await migratedDatabase();
  await using node = await exclusiveNode(fresh.database);
  const timers = new ManualTimers();
  const began: AbortSignal[] = [];
  const started = Promise.withResolvers<void>();
  const reconcile = (stopping: AbortSignal) => {
    began.push(stopping);
    started.resolve();
    return new Promise<{ changes: number; failures: number }>((resolve) => {
      stopping.addEventListener("abort", () => resolve({ changes: 9, failures: 9 }));
    });
  };
  const parts = { subscriptions: { reconcile }, exclusively: node.exclusively, timers, log: silentLog };
  const keeper = keepSubscriptions(parts);
  await started.promise;
  await keeper[Symbol.asyncDispose]();
  expect([began.map(({ aborted }) => aborted), timers.pending]).toEqual([[true], 0]);
});
