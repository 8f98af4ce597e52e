import { expect, test } from "bun:test";
import type { DeliveryRecord } from "../deliveries/delivery-log.ts";
import { awaitForMs, decideChange, followForMs } from "./change-decision.ts";

const nowMs = 10 * followForMs;
const sentAtMs = nowMs - 1_000;
const delivered = { kind: "delivered", postId: "post" } as const;

function record(outcome: DeliveryRecord["outcome"], changedAtMs?: number): DeliveryRecord {
  const key = { chatId: "chat", messageId: "message", userId: "ann" };
  return {
    ...key,
    outcome,
    changedAtMs,
    channelId: "dm",
    intendedAtMs: undefined,
    times: { sentAtMs, receivedAtMs: nowMs },
  };
}

const decide = (
  known: DeliveryRecord | undefined,
  change: { sentAtMs?: number; connectedAtMs?: number } = {},
) => decideChange({ sentAtMs, changedAtMs: nowMs, ...change }, known, { connectedAtMs: 0, ...change, nowMs });

test("a delivered message is changed for a week after it was sent", () => {
  expect(decide(record(delivered))).toEqual({ kind: "rewrite", postId: "post" });
  expect(decide(record(delivered), { sentAtMs: nowMs - followForMs }).kind).toBe("rewrite");
  expect(decide(record(delivered), { sentAtMs: nowMs - followForMs - 1 })).toEqual({
    kind: "leave",
    reason: "too-old",
  });
});

test("a change that is not newer than one noted is left", () => {
  expect(decide(record(delivered, nowMs))).toEqual({ kind: "leave", reason: "outdated" });
  expect(decide(record(delivered, nowMs - 1)).kind).toBe("rewrite");
});

test("what was kept from its reader stays so", () => {
  expect(decide(record({ kind: "suppressed", reason: "available" }))).toEqual({
    kind: "leave",
    reason: "never-delivered",
  });
});

test("a change waits while its message is being posted", () => {
  expect(decide(record({ kind: "posting" }))).toEqual({ kind: "wait" });
});

test("a change of what was given up is noted, for when it is put back", () => {
  expect(decide(record({ kind: "dead", reason: "gave-up" }))).toEqual({ kind: "note" });
});

test("a change that comes before its message is noted as long as that may come", () => {
  expect(decide(undefined)).toEqual({ kind: "note" });
  expect(decide(record({ kind: "awaited" }, nowMs - 1))).toEqual({ kind: "note" });
  expect(decide(undefined, { sentAtMs: nowMs - awaitForMs - 1 })).toEqual({
    kind: "leave",
    reason: "too-old",
  });
  expect(decide(undefined, { connectedAtMs: sentAtMs + 1 })).toEqual({
    kind: "leave",
    reason: "before-connection",
  });
});
