import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { never } from "./application/subscriptions/testing/graph.ts";
import type { Connection } from "./domain/connection.ts";
import { type Crowd, crowd } from "./testing/crowd.ts";

/** What many connected people cost, on a real database and a tenant that throttles as Graph does. */

/** So many that Graph's window of 500 writes is filled more than twice; the arithmetic for 3,000 is in `request-pace.test.ts`. */
const many = 1_200;
/** More than one page of Graph's list. */
const some = 250;

test("more than a thousand people are subscribed at Graph's pace, with no 429 and two statements for each", async () => {
  await using world = await crowd(many);
  const cost = await world.costOf(() => world.subscriptions.reconcile(never));
  expect([cost.refused, cost.requests]).toEqual([
    0,
    { "GET /subscriptions": 1, "POST /subscriptions": many },
  ]);
  expect(await world.subscriptions.status()).toMatchObject({ wanted: many, active: many, problems: [] });
  // 22 of 25 a second; the rest is for people who wait.
  expect(cost.tookMs / 1_000).toBeWithin(many / 25, many / 20);
  expect(cost.statements.length).toBeLessThan(2 * many + many / 50);
}, 60_000);

test("a person who connects while hundreds are subscribed waits for none of them", async () => {
  await using world = await crowd(some);
  const late = world.somebody(some);
  let waitedMs = Number.POSITIVE_INFINITY;
  let before = 0;
  const connect = async (person: Connection) => {
    await world.connections.add(person);
    before = world.tenant.subscriptions.count;
    const beganAtMs = world.clock.now();
    await world.subscriptions.ensureFor(person);
    waitedMs = world.clock.now() - beganAtMs;
  };
  const connected = Promise.withResolvers<void>();
  world.clock.after(2_000, () => void connect(late).then(connected.resolve, connected.reject));
  const cost = await world.costOf(() =>
    Promise.all([world.subscriptions.reconcile(never), connected.promise]),
  );
  expect(before).toBeWithin(10, 100);
  expect(waitedMs).toBeLessThan(100);
  expect([cost.refused, cost.requests["POST /subscriptions"]]).toEqual([0, some + 1]);
}, 30_000);

describe("of hundreds of people", () => {
  let world: Crowd;
  let somebody: Connection;

  beforeAll(async () => {
    world = await crowd(some);
    await world.costOf(() => world.subscriptions.reconcile(never));
    somebody = world.people[7] ?? world.somebody(some);
  }, 30_000);
  afterAll(() => world[Symbol.asyncDispose]());

  test("the comparison with Graph costs two statements and Graph's pages while nothing changes", async () => {
    const cost = await world.costOf(() => world.subscriptions.reconcile(never));
    expect(cost.statements).toEqual([
      "SELECT * FROM msteams_notifications.subscriptions ORDER BY id",
      "SELECT * FROM msteams_notifications.connections ORDER BY user_id",
    ]);
    expect(cost.requests).toEqual({ "GET /subscriptions": Math.ceil(some / 100) });
  });

  test("one who is subscribed already costs a statement, and Graph is not asked", async () => {
    const { statements, requests } = await world.costOf(() => world.subscriptions.ensureFor(somebody));
    expect([statements.length, requests]).toEqual([1, {}]);
  });

  test("one leaves at the cost of three statements and one request, and returns for two and one", async () => {
    const left = await world.costOf(() => world.subscriptions.removeFor(somebody.userId));
    expect([left.statements.length, left.requests]).toEqual([
      3,
      { "DELETE /subscriptions/:subscriptionId": 1 },
    ]);
    const back = await world.costOf(() => world.subscriptions.ensureFor(somebody));
    // And one that looks for problems, once a minute.
    expect(back.statements.length).toBeWithin(2, 4);
    expect(back.requests).toEqual({ "POST /subscriptions": 1 });
  });

  test("one whose record was lost is subscribed anew without a list of everybody", async () => {
    const [stored] = await world.store.concerning(somebody.userId);
    await world.store.remove(stored?.id ?? "");
    const { statements, requests } = await world.costOf(() => world.subscriptions.ensureFor(somebody));
    expect(requests).toEqual({ "POST /subscriptions": 2, "DELETE /subscriptions/:subscriptionId": 1 });
    expect(statements.length).toBeWithin(3, 5);
    expect(await world.store.concerning(somebody.userId)).toHaveLength(1);
  });

  test("the state of all is counted by three statements", async () => {
    const { statements, requests } = await world.costOf(() => world.subscriptions.status());
    expect([statements.length, requests]).toEqual([3, {}]);
    for (const statement of statements) expect(statement).toMatch(/count\(\*\)|subscription_problems/);
  });

  test("each that Graph wants to have renewed costs a statement and a request, at its pace", async () => {
    const stored = await world.store.list();
    const cost = await world.costOf(() => Promise.all(stored.map((each) => world.subscriptions.renew(each))));
    expect([cost.refused, cost.requests]).toEqual([0, { "PATCH /subscriptions/:subscriptionId": some }]);
    expect(cost.statements.length).toBeWithin(some, some + 2);
    expect(cost.tookMs / 1_000).toBeWithin(some / 25, some / 20);
  }, 30_000);
});
