import { expect, test } from "bun:test";
import { maxPostRunes } from "../../domain/rendering/fit-length.ts";
import { joinablePostMs } from "./deliver.ts";
import { burstMs, type Joining, mayJoin, mostParts, pauseMs, roomFor } from "./join-decision.ts";
import type { PostPart } from "./post-parts.ts";

const nowMs = 1_000_000;
const part = (sentAtMs: number, text = "Hello"): PostPart => {
  const known = {
    standsAlone: false,
    shown: "whole" as const,
    changedAtMs: sentAtMs,
    isWithdrawn: false,
    fingerprint: "f",
    copied: [],
    author: null,
  };
  return { key: `19:a/${sentAtMs}`, text, sentAtMs, ...known };
};

interface Change {
  readonly parts?: readonly PostPart[];
  readonly joining?: Partial<Joining>;
  readonly newest?: Partial<Parameters<typeof mayJoin>[0]>;
}

function joins({ parts = [part(100)], joining = {}, newest = {} }: Change = {}): boolean {
  const message = { chatId: "19:a", sentAtMs: 200, post: {}, ...joining };
  return mayJoin({ createdAtMs: nowMs, rootId: undefined, ...newest }, parts, message, nowMs);
}

test("a message of the same chat that comes within seconds stands below the last", () => {
  expect(joins()).toBe(true);
  expect(joins({ joining: { sentAtMs: 100 + pauseMs } })).toBe(true);
});

test.each<[string, Change]>([
  ["of another chat", { joining: { chatId: "19:b" } }],
  ["of a chat whose name begins alike", { joining: { chatId: "19:a/1" } }],
  ["after a pause", { joining: { sentAtMs: 101 + pauseMs } }],
  ["that was sent earlier", { joining: { sentAtMs: 99 } }],
  ["with a priority", { joining: { post: { priority: "urgent" } } }],
  ["behind one with a priority", { parts: [{ ...part(100), standsAlone: true }] }],
  ["of another thread", { joining: { post: { rootId: "root" } } }],
  ["for the channel while the last is in a thread", { newest: { rootId: "root" } }],
  ["long after the sound of its post", { newest: { createdAtMs: nowMs - joinablePostMs } }],
  ["under a clock that is wrong", { newest: { createdAtMs: nowMs + joinablePostMs } }],
  ["behind as many as one can read", { parts: Array.from({ length: mostParts }, () => part(100)) }],
  ["behind a post that shows no message", { parts: [] }],
])("a message %s has a post of its own", (_, change) => {
  expect(joins(change)).toBe(false);
});

test("a burst ends however short its pauses are", () => {
  const parts = [part(0), part(burstMs - 1)];
  expect(joins({ parts, joining: { sentAtMs: burstMs } })).toBe(true);
  expect(joins({ parts, joining: { sentAtMs: burstMs + 1 } })).toBe(false);
});

test("a message alone may fill its post, one among others leaves them room", () => {
  const alone = part(1);
  expect(roomFor(alone, [alone])).toBeUndefined();
  const others = [part(2, "x".repeat(1_000)), part(3, "x".repeat(2_000))];
  expect(roomFor(alone, [alone, ...others])).toBe(maxPostRunes - 3_000 - 2 * 400);
});
