import { expect, test } from "bun:test";
import { TenantClock } from "./clock.ts";

test("a stopped clock moves by hand alone and rings in the order of due times", async () => {
  using clock = new TenantClock({ startAt: 1_000, running: false });
  const rung: string[] = [];
  clock.after(30, () => rung.push(`c ${clock.now()}`));
  clock.after(10, () => rung.push(`a ${clock.now()}`));
  clock.after(10, () => rung.push(`b ${clock.now()}`));
  await clock.advance(9);
  expect(rung).toEqual([]);
  await clock.advance(21);
  expect(rung).toEqual(["a 1010", "b 1010", "c 1030"]);
  expect([clock.now(), clock.pendingTimers]).toEqual([1_030, 0]);
});

test("a timer that is set while the clock moves rings in the same movement", async () => {
  using clock = new TenantClock({ startAt: 0, running: false });
  const rung: number[] = [];
  const again = (): void => {
    rung.push(clock.now());
    if (rung.length < 5) clock.after(10, again);
  };
  clock.after(10, again);
  await clock.advance(35);
  expect(rung).toEqual([10, 20, 30]);
  expect(clock.now()).toBe(35);
});

test("a disposed timer does not ring", async () => {
  using clock = new TenantClock({ startAt: 0, running: false });
  let rung = false;
  const timer = clock.after(1, () => {
    rung = true;
  });
  timer[Symbol.dispose]();
  await clock.advance(10);
  expect(rung).toBe(false);
});

test("a running clock rings by itself and can be moved ahead", async () => {
  using clock = new TenantClock({ startAt: 0, running: true });
  const rung = new Promise<number>((resolve) => clock.after(5, () => resolve(clock.now())));
  expect(await rung).toBeGreaterThanOrEqual(5);
  const later = new Promise<number>((resolve) => clock.after(3_600_000, () => resolve(clock.now())));
  await clock.advance(3_600_000);
  expect(await later).toBeGreaterThanOrEqual(3_600_000);
});

test("a disposed clock has no timers left", () => {
  const clock = new TenantClock({ running: true });
  clock.after(3_600_000, () => {});
  clock[Symbol.dispose]();
  expect(clock.pendingTimers).toBe(0);
});
