import { withinLimits } from "../../domain/choices.ts";
import type { Connection } from "../../domain/connection.ts";
import { mostWelcoming, type ReaderPreferences } from "../../domain/reader-preferences.ts";
import { knownTimeZone } from "../../domain/until.ts";
import type { DeliveryKey } from "../deliveries/delivery-log.ts";
import { TemporaryFailure } from "../work-failure.ts";
import { postedEarlier } from "./deliver.ts";
import { chatFor, type EntryParts, type MessageInHand, timesOf, withNamesFor } from "./message-in-hand.ts";
import type { Decision } from "./message-rules.ts";
import { postMessage } from "./post-message.ts";

/** Graph brings most messages within ten seconds and the last within a minute (facts, section 3). */
export const lateAfterMs = 60_000;

/** Decides about one message for one person, delivers it or not, and records which. Throws when it must be tried again. */
export async function deliverTo<Message>(
  parts: EntryParts<Message>,
  hand: MessageInHand<Message>,
  reader: Connection,
): Promise<void> {
  const { rules, presences, clock } = parts;
  const { message, facts, work } = hand;
  const key: DeliveryKey = { chatId: facts.chatId, messageId: facts.messageId, userId: reader.userId };
  // Late ones are read again, put back or kept waiting: they may have their outcome, and their reader may have seen them.
  const isLate = work.heldAtMs !== undefined || clock.now() - facts.sentAtMs > lateAfterMs;
  const isRepeated = !work.isUntouched && (work.attempts > 0 || isLate);
  if (isRepeated && (await hasEnded(parts, hand, reader, key))) return;

  // A node that died may have left a post of it, unknown to the entry: that one is delivered, whoever looks at Teams by now.
  const suppressUnlessEnded = async (reason: string) => {
    if (work.isUntouched || isRepeated || !(await hasEnded(parts, hand, reader, key)))
      await suppress(parts, hand, key, reason);
  };

  // What would be suppressed for the most absent reader needs no question to anyone, and what they do not want none to
  // Microsoft: bots write much, and most people have not asked for it.
  const atBest = { connection: reader, presence: "unreachable" } as const;
  const never = rules.decide(message, { ...atBest, preferences: mostWelcoming });
  if (never.kind === "suppress") {
    if (never.reason === "own-message") parts.noteAct(reader.userId, facts);
    return suppress(parts, hand, key, never.reason);
  }
  const preferences = withinLimits(await parts.preferences.of(reader.userId), parts.limits);
  const unwanted = rules.decide(message, { ...atBest, preferences });
  if (unwanted.kind === "suppress") return suppressUnlessEnded(unwanted.reason);

  const [presence, chat, history] = await Promise.all([
    presences.presenceOf(reader.teamsUserId),
    chatFor(parts, hand),
    isLate ? parts.histories.of(reader.userId, facts.chatId) : undefined,
  ]);
  const here = { nowMs: clock.now(), timeZone: await timeZoneFor(parts, reader, preferences) };
  const known = { connection: reader, presence, preferences, history };
  const decision = rules.decide(message, { ...known, here });
  if (decision.kind === "suppress") return suppressUnlessEnded(decision.reason);
  if (decision.kind === "hold") {
    if (!work.isUntouched && !isRepeated && (await hasEnded(parts, hand, reader, key))) return;
    if (await parts.holding.hold(work, reader.userId, decision.untilMs))
      return noteHeld(parts, hand, key, decision);
  }

  const decidedAtMs = clock.now();
  const isWhole = preferences.show === "whole";
  const [named] = await Promise.all([
    preferences.show === "notice" ? hand : withNamesFor(parts, hand),
    isWhole ? parts.prepare(message) : undefined,
  ]);
  const times = () => ({ ...timesOf(hand), decidedAtMs });
  const because = decision.kind === "hold" ? decision.otherwise : decision.because;
  const delivered = await postMessage(parts, named, reader, { key, chat, preferences, because, times });
  if (delivered.kind === "not-to-be-posted") return;
  if (delivered.kind === "outdated") return deliverTo(parts, await asItStands(parts, hand), reader);
  if (isWhole) await parts.afterPosting(hand, reader);
  if (delivered.isRepeated) return;
  parts.metrics.count("deliveries", { outcome: "delivered", reason: because });
  if (work.heldAtMs === undefined) parts.metrics.observe("delivery_ms", clock.now() - work.receivedAtMs, {});
}

/** The message as Graph has it now. Throws a {@link TemporaryFailure} while Graph has only what is in hand. */
async function asItStands<Message>(
  parts: EntryParts<Message>,
  hand: MessageInHand<Message>,
): Promise<MessageInHand<Message>> {
  const message = await parts.fetchMessage(hand.facts);
  const facts = parts.rules.facts(message);
  if (facts.changedAtMs <= hand.facts.changedAtMs)
    throw new TemporaryFailure("A message was changed, and Microsoft Graph does not show the change yet.");
  // What follows the post must not go back to the state that came with the notification.
  return { ...hand, message, facts, work: { ...hand.work, encryptedContent: undefined } };
}

/** Nobody is asked for that of somebody who has no quiet hours. */
async function timeZoneFor<Message>(
  { users }: Pick<EntryParts<Message>, "users">,
  { userId }: Connection,
  { quietHours }: ReaderPreferences,
): Promise<string> {
  return knownTimeZone(quietHours.length === 0 ? undefined : (await users.get(userId))?.timeZone);
}

async function noteHeld<Message>(
  parts: EntryParts<Message>,
  hand: MessageInHand<Message>,
  key: DeliveryKey,
  { because: reason, untilMs: heldUntilMs }: Extract<Decision, { kind: "hold" }>,
): Promise<void> {
  const nowMs = parts.clock.now();
  const times = { ...timesOf(hand), decidedAtMs: nowMs, heldUntilMs, endedAtMs: nowMs };
  await parts.deliveries.finish(key, { kind: "held", reason }, times);
  parts.metrics.count("deliveries", { outcome: "held", reason });
}

async function suppress<Message>(
  parts: EntryParts<Message>,
  hand: MessageInHand<Message>,
  key: DeliveryKey,
  reason: string,
): Promise<void> {
  const nowMs = parts.clock.now();
  const times = { ...timesOf(hand), decidedAtMs: nowMs, endedAtMs: nowMs };
  await parts.deliveries.finish(key, { kind: "suppressed", reason }, times);
  parts.metrics.count("deliveries", { outcome: "suppressed", reason });
}

/**
 * Whether nothing is left to be decided: of a message for several people some may have their outcome from an earlier
 * attempt, and an attempt that was cut off may have left a post. One given up has ended for its person in an entry for
 * several, until an administrator puts it back, which makes its attempts begin anew. In an entry of its own it has not:
 * such an entry ends by being given up itself.
 */
async function hasEnded<Message>(
  parts: EntryParts<Message>,
  hand: MessageInHand<Message>,
  reader: Connection,
  key: DeliveryKey,
): Promise<boolean> {
  const record = await parts.deliveries.find(key);
  if (record === undefined) return false;
  const { kind } = record.outcome;
  if (kind === "suppressed") return true;
  if (kind === "dead" && hand.work.userId === undefined && hand.work.attempts > 0) return true;
  if (kind !== "delivered") {
    const { posts, deliveries: log, clock } = parts;
    const found = await postedEarlier({ posts, log, clock }, key, record, () => timesOf(hand));
    if (found === undefined) return false;
  }
  // A crash may have come between the post and what follows it.
  await parts.afterPosting(hand, reader);
  return true;
}
