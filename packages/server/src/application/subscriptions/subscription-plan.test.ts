import { expect, test } from "bun:test";
import fc from "fast-check";
import type { GraphSubscription } from "../graph/graph-subscriptions.ts";
import { hashClientState } from "./client-state.ts";
import {
  changeType,
  type KnownSubscriptions,
  type PlannedChange,
  type PlanSettings,
  planSubscriptions,
  renewWithinMs,
  subscriptionLifeMs,
} from "./subscription-plan.ts";
import type { StoredSubscription } from "./subscription-store.ts";
import { isSameResource, type WantedSubscription } from "./wanted-subscriptions.ts";

const secret = "the webhook secret";
const settings: PlanSettings = {
  nowMs: 1_000_000,
  certificateId: "certificate",
  notificationUrl: "https://chat.example/changes",
  webhookSecret: secret,
};

/** The plan as one would say it: for each person look through everything. What the fast one is compared with. */
function plainPlan(known: KnownSubscriptions): string[] {
  const { wanted, stored, atGraph } = known;
  const plan: string[] = [];
  const kept: string[] = [];
  for (const each of wanted) {
    const [own] = stored
      .filter(({ userId, resource }) => userId === each.userId && isSameResource(resource, each.resource))
      .toSorted((one, other) => other.expiresAtMs - one.expiresAtMs);
    if (own === undefined) {
      plan.push(`create ${each.owner}`);
      continue;
    }
    kept.push(own.id);
    const found = atGraph.findLast(({ id }) => id === own.id);
    const leftMs = (found?.expiresAtMs ?? 0) - settings.nowMs;
    if (leftMs <= 0) plan.push(`recreate ${own.id} lost`);
    else if (own.certificateId !== settings.certificateId) plan.push(`recreate ${own.id}`);
    else if (leftMs < renewWithinMs) plan.push(`renew ${own.id}`);
  }
  for (const { id } of stored) if (!kept.includes(id)) plan.push(`remove ${id}`);
  for (const { id, notificationUrl } of atGraph) {
    if (!stored.some((each) => each.id === id) && notificationUrl === settings.notificationUrl)
      plan.push(`remove-orphan ${id}`);
  }
  return plan;
}

function inWords(change: PlannedChange): string {
  switch (change.kind) {
    case "create":
      return `create ${change.wanted.owner}`;
    case "recreate":
      return `recreate ${change.stored.id}${change.lost ? " lost" : ""}`;
    case "remove-orphan":
      return `remove-orphan ${change.id}`;
    default:
      return `${change.kind} ${change.stored.id}`;
  }
}

const people = fc.constantFrom("ann", "ben", "cleo", "dan", undefined);
const resourceOf = (userId: string | undefined) =>
  userId === undefined ? "/chats/getAllMessages" : `/users/${userId}/chats/getAllMessages`;
const expiry = fc.constantFrom(0, 900_000, 1_000_001, settings.nowMs + renewWithinMs, subscriptionLifeMs * 2);
const id = fc.integer({ min: 1, max: 12 }).map((number) => `s${number}`);

const known: fc.Arbitrary<KnownSubscriptions> = fc.record({
  wanted: fc.uniqueArray(
    people.map(
      (userId): WantedSubscription => ({
        owner: userId ?? "tenant",
        userId,
        resource: resourceOf(userId),
      }),
    ),
    { selector: ({ owner }) => owner },
  ),
  stored: fc.uniqueArray(
    fc
      .record({
        id,
        userId: people,
        of: people,
        isUpper: fc.boolean(),
        expiresAtMs: expiry,
        isOld: fc.boolean(),
      })
      .map(
        ({ of, isUpper, isOld, ...rest }): StoredSubscription => ({
          ...rest,
          resource: isUpper ? resourceOf(of).slice(1).toUpperCase() : resourceOf(of),
          clientStateHash: hashClientState("state", secret),
          certificateId: isOld ? "old" : settings.certificateId,
        }),
      ),
    { selector: (each) => each.id, maxLength: 12 },
  ),
  atGraph: fc.uniqueArray(
    fc.record({ id, expiresAtMs: expiry, isOurs: fc.boolean() }).map(
      ({ isOurs, ...rest }): GraphSubscription => ({
        ...rest,
        resource: "/any",
        changeType,
        ...(isOurs ? { notificationUrl: settings.notificationUrl } : {}),
      }),
    ),
    { selector: (each) => each.id, maxLength: 12 },
  ),
});

test("whatever is wanted, recorded and at Graph, the plan is the plainly written one", () => {
  fc.assert(
    fc.property(known, (each) => {
      expect(planSubscriptions(each, settings).map(inWords)).toEqual(plainPlan(each));
    }),
    { numRuns: 2_000 },
  );
});

/** How often the plan for `count` people reads a property of what it is given. */
function readsFor(count: number): number {
  let reads = 0;
  const counted = <T extends object>(value: T): T =>
    new Proxy(value, {
      get(target, name, receiver) {
        reads += 1;
        return Reflect.get(target, name, receiver);
      },
    });
  const numbers = Array.from({ length: count }, (_, index) => index);
  const wanted = numbers.map((number) => {
    const userId = `person-${number}`;
    return counted({ owner: userId, userId, resource: resourceOf(userId) });
  });
  // A third is missing, a third ends soon, a third is wanted no more.
  const stored = numbers.map((number) => {
    const userId = `person-${number % 3 === 0 ? number + count : number}`;
    const clientStateHash = hashClientState("state", secret);
    const { certificateId } = settings;
    const own = { id: `s${number}`, userId, resource: resourceOf(userId), clientStateHash, certificateId };
    return counted({ ...own, expiresAtMs: settings.nowMs + 1 });
  });
  const atGraph = stored.map(({ id, resource, expiresAtMs }) => counted({ id, resource, expiresAtMs }));
  reads = 0;
  planSubscriptions({ wanted, stored, atGraph }, settings);
  return reads;
}

test("a plan for twice as many people looks twice as often", () => {
  expect(readsFor(2_400)).toBe(2 * readsFor(1_200));
});
