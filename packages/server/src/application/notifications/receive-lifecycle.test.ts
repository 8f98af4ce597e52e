import { expect, test } from "bun:test";
import { hashClientState } from "../subscriptions/client-state.ts";
import { MemoryResync, MemorySubscriptions } from "../testing/memory-subscriptions.ts";
import { CountedMetrics, RecordedLog } from "../testing/observed.ts";
import { FixedClock } from "../testing/time.ts";
import { receiveLifecycle } from "./receive-lifecycle.ts";

async function receiving() {
  const store = new MemorySubscriptions();
  const stored = {
    id: "s",
    userId: "ann",
    resource: "/r",
    clientStateHash: hashClientState("state", "secret"),
    certificateId: "c",
    expiresAtMs: 1,
  };
  await store.save(stored);
  const actions: string[] = [];
  const resync = new MemoryResync();
  const metrics = new CountedMetrics();
  const log = new RecordedLog();
  let fails = false;
  const act = (name: string) => async (subscription: { readonly id: string }) => {
    actions.push(`${name} ${subscription.id}`);
    if (fails) throw new Error("graph away");
  };
  const subscriptions = { renew: act("renew"), replaceLost: act("replace") };
  const parts = {
    store,
    subscriptions,
    resync,
    clock: new FixedClock(),
    log,
    metrics,
    webhookSecret: "secret",
  };
  return {
    actions,
    resync,
    metrics,
    log,
    fail: () => {
      fails = true;
    },
    receive: async (...value: readonly unknown[]) => {
      const received = await receiveLifecycle(parts, { value });
      if (received.kind === "accepted") await received.followUp;
      return received.kind;
    },
  };
}

const event = (lifecycleEvent: string) => ({ subscriptionId: "s", clientState: "state", lifecycleEvent });

test("each event has its consequence", async () => {
  const { receive, actions, resync } = await receiving();
  expect(await receive(event("reauthorizationRequired"), event("subscriptionRemoved"), event("missed"))).toBe(
    "accepted",
  );
  expect(actions.sort()).toEqual(["renew s", "replace s"]);
  expect(resync.all.get("ann")).toBeLessThan(new FixedClock().now());
});

test("an event with another client state or of an unknown subscription has none", async () => {
  const { receive, actions, log } = await receiving();
  await receive(
    { ...event("missed"), clientState: "guessed" },
    { ...event("missed"), subscriptionId: "unknown" },
  );
  expect(actions).toEqual([]);
  expect(log.lines).toHaveLength(2);
});

test("forged events fill one line, however many there are", async () => {
  const { receive, log } = await receiving();
  await receive(...Array(50).fill({ ...event("missed"), clientState: "guessed" }));
  expect(log.lines).toHaveLength(1);
  expect(log.lines.join()).toContain('"count":50');
});

test("an event of the future is accepted and counted without its name", async () => {
  const { receive, actions, metrics } = await receiving();
  expect(await receive(event("somethingNew"))).toBe("accepted");
  expect(actions).toEqual([]);
  expect([...metrics.counts.keys()]).toEqual(["lifecycle_received unknown"]);
});

test("a consequence that fails is logged and the others happen", async () => {
  const { receive, actions, log, fail } = await receiving();
  fail();
  expect(await receive(event("reauthorizationRequired"), event("subscriptionRemoved"))).toBe("accepted");
  expect(actions).toHaveLength(2);
  expect(log.lines).toHaveLength(2);
});

test("a malformed item does not keep the good one from its consequence", async () => {
  const { receive, actions } = await receiving();
  expect(await receive("x", event("subscriptionRemoved"))).toBe("accepted");
  expect(actions).toEqual(["replace s"]);
});
