import { expect, test } from "bun:test";
import { hashClientState, issueClientState } from "../subscriptions/client-state.ts";
import { MemorySubscriptions } from "../testing/memory-subscriptions.ts";
import { CountingRandomness } from "../testing/randomness.ts";
import { checkGenuine, checkSigned } from "./genuine-items.ts";

const secret = "webhook secret";
const randomness = new CountingRandomness();
const [ann, ben] = ["ann".padEnd(26, "0"), "ben".padEnd(26, "0")];
const signed = (owner: string) => issueClientState(secret, owner, randomness);
const older = issueClientState("older secret", ben, randomness);

async function known(...subscriptions: readonly (readonly [id: string, state: string, userId?: string])[]) {
  const store = new MemorySubscriptions();
  const asked: (readonly string[])[] = [];
  for (const [id, state, userId] of subscriptions) {
    const clientStateHash = hashClientState(state, "any secret");
    await store.save({ id, clientStateHash, userId, resource: "/r", certificateId: "c", expiresAtMs: 9e15 });
  }
  const { byIds } = store;
  store.byIds = (ids) => {
    asked.push(ids);
    return byIds.call(store, ids);
  };
  return { store, asked };
}

const owners = (verdicts: Awaited<ReturnType<typeof checkSigned>>) =>
  verdicts.map((verdict) => (verdict.kind === "genuine" ? (verdict.userId ?? "tenant") : verdict.reason));

test("every item has its own verdict, in the order of the items, whether it is signed or looked up", async () => {
  const { store, asked } = await known(["old", older, ben], ["new", signed(ann), ann]);
  const items = [
    { subscriptionId: "old", clientState: older },
    { subscriptionId: "new", clientState: signed(ann) },
    { subscriptionId: "nobody", clientState: "guessed" },
    { subscriptionId: "just made", clientState: signed("tenant") },
    { subscriptionId: "new", clientState: "guessed" },
    { subscriptionId: "old", clientState: older },
  ];
  const verdicts = await checkSigned(store, secret, items);
  expect(owners(verdicts)).toEqual([ben, ann, "unknown-subscription", "tenant", "wrong-client-state", ben]);
  expect(verdicts.map((verdict) => (verdict.kind === "genuine" ? verdict.item : undefined))).toEqual([
    items[0],
    items[1],
    undefined,
    items[3],
    undefined,
    items[5],
  ]);
  expect(asked).toEqual([["old", "nobody", "new"]]);
});

test("nothing is looked up when every state is signed, or nothing came", async () => {
  const { store, asked } = await known();
  expect(
    owners(await checkSigned(store, secret, [{ subscriptionId: "s", clientState: signed(ann) }])),
  ).toEqual([ann]);
  expect(await checkSigned(store, secret, [])).toEqual([]);
  expect(await checkGenuine(store, secret, [])).toEqual([]);
  expect(asked).toEqual([]);
});

test("what a lifecycle notification needs comes with the record of its subscription, or its signature alone", async () => {
  const state = signed(ann);
  const { store } = await known(["new", state, ann]);
  const verdicts = await checkGenuine(store, secret, [
    { subscriptionId: "new", clientState: state },
    { subscriptionId: "gone", clientState: state },
    { subscriptionId: "new", clientState: signed(ann) },
  ]);
  expect(verdicts).toMatchObject([
    { kind: "genuine", userId: ann, stored: { id: "new" } },
    { kind: "genuine", userId: ann, stored: undefined },
    { kind: "refused", reason: "wrong-client-state" },
  ]);
});
