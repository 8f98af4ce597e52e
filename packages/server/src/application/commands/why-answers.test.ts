import { expect, test } from "bun:test";
import type { DeliveryRecord } from "../deliveries/delivery-log.ts";
import { whyText, whyThisText } from "./why-answers.ts";

const here = { nowMs: Date.UTC(2026, 9, 24, 19, 15), timeZone: "Europe/Berlin" };
const record = (outcome: DeliveryRecord["outcome"], chatId = "19:a@thread.v2"): DeliveryRecord => ({
  chatId,
  messageId: "1",
  userId: "ann",
  outcome,
  changedAtMs: undefined,
  channelId: undefined,
  intendedAtMs: undefined,
  times: { sentAtMs: here.nowMs - 60_000, receivedAtMs: here.nowMs },
});
const said = (outcome: DeliveryRecord["outcome"], chatId?: string) =>
  whyThisText({ records: [record(outcome, chatId)], here });

test.each([
  [{ kind: "delivered", postId: "p", because: "away" }, "**arrived**, because Teams showed you as away."],
  [
    { kind: "delivered", postId: "p", because: "busy" },
    "**arrived**, because Teams showed you as busy, and you chose to be notified then, too (`/msteams settings when`).",
  ],
  [{ kind: "delivered", postId: "p" }, "**arrived**."],
  [
    { kind: "suppressed", reason: "muted" },
    "**did not arrive**, because its chat was muted (`/msteams chats`).",
  ],
  [{ kind: "suppressed", reason: "of a later version" }, "**did not arrive**."],
  [{ kind: "dead", reason: "gave-up-internal" }, "**could not be delivered**; your administrator sees why"],
  [{ kind: "posting" }, "is **on its way**."],
] as const)("%j is said in words", (outcome, words) => {
  expect(said(outcome)).toStartWith(`21:14, in a group chat: ${words}`);
});

test.each([
  ["19:meeting_x@thread.v2", "a meeting chat"],
  [
    "19:8ea0e38b-efb3-4757-924a-5f94061cf8c2_97f62344-57dc-409c-88ad-c4af14158ff5@unq.gbl.spaces",
    "a chat of two",
  ],
])("a message of %s was in %s", (chatId, kind) => {
  expect(said({ kind: "posting" }, chatId)).toContain(`, in ${kind}: `);
});

test("what is held is said with its end and its reason", () => {
  const held = record({ kind: "held", reason: "held" });
  const records = [{ ...held, times: { ...held.times, heldUntilMs: here.nowMs + 240_000 } }];
  const words = "is **held** until 21:19, because you chose to see first whether you read it in Teams";
  expect(whyThisText({ records, here })).toStartWith(`21:14, in a group chat: ${words}`);
  expect(said({ kind: "held", reason: "of a later version" })).toEndWith(": is **held**.");
});

test("several decisions are a list", () => {
  const records = [record({ kind: "posting" }), record({ kind: "suppressed", reason: "busy" })];
  const lines = whyText({ records, here }).split("\n").slice(2);
  expect(lines.map((line) => line.slice(0, 9))).toEqual(["- 21:14, ", "- 21:14, "]);
});

test("without any decision, or a connection, that is said", () => {
  expect(whyText({ records: [], here })).toContain("Nothing was decided");
  expect(whyThisText({ records: [], here })).toContain("stands for no message");
  expect(whyText(undefined)).toContain("/msteams connect");
});
