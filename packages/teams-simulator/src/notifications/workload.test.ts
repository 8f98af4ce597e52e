import { expect, test } from "bun:test";
import { Workload } from "./workload.ts";

async function isDone(promise: Promise<void>): Promise<boolean> {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  await new Promise<void>((resolve) => setImmediate(resolve));
  return done;
}

test("without work it is settled and drained at once", async () => {
  const workload = new Workload();
  expect([await isDone(workload.settled()), await isDone(workload.drained())]).toEqual([true, true]);
});

test("settled waits for what is being sent, drained also for what waits", async () => {
  const workload = new Workload();
  workload.begin();
  workload.beginWaiting();
  const [settled, drained] = [workload.settled(), workload.drained()];
  expect([await isDone(settled), await isDone(drained)]).toEqual([false, false]);
  workload.end();
  expect([await isDone(settled), await isDone(drained)]).toEqual([true, false]);
  workload.endWaiting();
  expect(await isDone(drained)).toBe(true);
});

test("work that begins again holds those back who ask then", async () => {
  const workload = new Workload();
  workload.begin();
  workload.begin();
  const settled = workload.settled();
  workload.end();
  expect([await isDone(settled), workload.active, workload.waiting]).toEqual([false, 1, 0]);
  workload.end();
  expect(await isDone(settled)).toBe(true);
});

test("quiet does not wait for ever for work that never ends", async () => {
  const workload = new Workload(1);
  workload.begin();
  await workload.quiet();
  expect(workload.active).toBe(1);
});

test("quiet ends with the work", async () => {
  const workload = new Workload();
  workload.begin();
  const quiet = workload.quiet();
  setImmediate(() => setImmediate(() => workload.end()));
  await quiet;
  expect(workload.active).toBe(0);
});
