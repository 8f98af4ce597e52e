import { chatMessageIdsOf } from "../../domain/resource-path.ts";
import type { Clock } from "../clock.ts";
import type { Inbox, InboxEntry } from "../inbox/inbox.ts";
import type { InboxRoom } from "../inbox/inbox-room.ts";
import type { Log } from "../log.ts";
import type { Metrics, ReceiveRefusal } from "../metrics.ts";
import type { SubscriptionStore } from "../subscriptions/subscription-store.ts";
import type { Timers } from "../timers.ts";
import { PermanentFailure } from "../work-failure.ts";
import { checkSigned } from "./genuine-items.ts";
import { toInboxEntry } from "./inbox-entry.ts";
import { type ChangeItem, readChanges } from "./notification-body.ts";
import type { OpenedMessage } from "./opened-message.ts";
import type { Triage } from "./triage.ts";
import type { ValidationTokens } from "./validation-tokens.ts";

export interface ReceiveParts<Message> {
  readonly subscriptions: SubscriptionStore;
  readonly tokens: ValidationTokens;
  readonly triage: Pick<Triage<Message>, "of">;
  readonly inbox: Inbox<OpenedMessage<Message>>;
  readonly room: Pick<InboxRoom, "enter">;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly webhookSecret: string;
  /** The tenant of the settings: Graph names it in every item, and an item without it can only be of ours. */
  readonly tenantId: string;
}

/**
 * `stored` (202): everything genuine is safe and must not come again. `malformed` (400): not a notification.
 * `unavailable` (503): nothing is lost if Graph repeats the request, which it does for four hours.
 */
export type Received =
  | {
      readonly kind: "stored";
      readonly fresh: number;
      readonly repeated: number;
      readonly refused: number;
      /** Nothing that anybody could ever be brought. */
      readonly dropped: number;
    }
  | { readonly kind: "malformed" }
  | { readonly kind: "unavailable" };

/** Graph gives up after 3 s (facts, section 3); what takes longer than this is better repeated. */
export const receiveDeadlineMs = 2_000;

/**
 * Takes in one request of Graph's. Tokens are verified before anything is stored: with Microsoft's keys in memory that
 * takes well under a millisecond, forged items never reach the database, and a token cannot expire while its message
 * waits. When the keys must be fetched and cannot be, the request is refused and comes again.
 */
export async function receiveChanges<Message>(
  parts: ReceiveParts<Message>,
  json: unknown,
): Promise<Received> {
  const receivedAtMs = parts.clock.now();
  const late = Promise.withResolvers<Received>();
  using _deadline = parts.timers.after(receiveDeadlineMs, () => late.resolve({ kind: "unavailable" }));
  const received = await Promise.race([take(parts, json, receivedAtMs), late.promise]).catch(
    (error: unknown): Received => {
      parts.log.warn("Notifications could not be stored; Graph sends them again", { cause: nameOf(error) });
      return { kind: "unavailable" };
    },
  );
  return received;
}

async function take<Message>(
  parts: ReceiveParts<Message>,
  json: unknown,
  receivedAtMs: number,
): Promise<Received> {
  const body = readChanges(json);
  if (body === undefined) {
    refuse(parts, "malformed", 1);
    return { kind: "malformed" };
  }
  using admission = parts.room.enter();
  if (admission === undefined) {
    parts.metrics.count("notifications_received", { result: "overloaded" }, body.items.length);
    return { kind: "unavailable" };
  }
  // Told once for all items of a request: whoever forges thousands must not fill the log with as many lines.
  const refused = new Map<ReceiveRefusal, number>([["malformed", body.malformed]]);
  const note = (reason: ReceiveRefusal) => refused.set(reason, (refused.get(reason) ?? 0) + 1);
  const entries: InboxEntry[] = [];
  const rich: InboxEntry[] = [];
  for (const verdict of await checkSigned(parts.subscriptions, parts.webhookSecret, body.items)) {
    if (verdict.kind === "refused") {
      note(verdict.reason);
      continue;
    }
    const entry = entryOf(parts, verdict.item, verdict.userId, receivedAtMs);
    if (entry === undefined) note("unsupported-resource");
    else (entry.encryptedContent === undefined ? entries : rich).push(entry);
  }
  for (const [reason, count] of refused) refuse(parts, reason, count);
  if (await areTokensGood(parts, body.validationTokens, rich)) entries.push(...rich);
  const kept = await sortOut(parts, entries);
  const fresh = await parts.inbox.accept(kept);
  admission.stored(fresh);
  const repeated = kept.length - fresh;
  if (fresh > 0) parts.metrics.count("notifications_received", { result: "stored" }, fresh);
  if (repeated > 0) parts.metrics.count("notifications_received", { result: "repeated" }, repeated);
  return {
    kind: "stored",
    fresh,
    repeated,
    refused: body.items.length + body.malformed - entries.length,
    dropped: entries.length - kept.length,
  };
}

/** Those of the entries that may ever be delivered. */
async function sortOut<Message>(
  { triage, metrics }: ReceiveParts<Message>,
  entries: readonly InboxEntry[],
): Promise<readonly InboxEntry<OpenedMessage<Message>>[]> {
  const kept: InboxEntry<OpenedMessage<Message>>[] = [];
  for (const { opened: _, ...entry } of entries) {
    const triaged = await triage.of(entry);
    if (triaged.kind === "keep") kept.push(triaged.entry);
    else metrics.count("notifications_dropped", { reason: triaged.reason });
  }
  return kept;
}

function entryOf(
  parts: Pick<ReceiveParts<unknown>, "tenantId">,
  item: ChangeItem,
  userId: string | undefined,
  receivedAtMs: number,
): InboxEntry | undefined {
  const ids =
    chatMessageIdsOf(item.resource) ??
    (item.odataId === undefined ? undefined : chatMessageIdsOf(item.odataId));
  return ids && toInboxEntry(item, { ids, userId, receivedAtMs, tenantId: item.tenantId ?? parts.tenantId });
}

/** Any bad token makes the whole request suspect (facts, section 4). Throws when the tokens cannot be checked now. */
async function areTokensGood(
  parts: Pick<ReceiveParts<unknown>, "tokens" | "metrics" | "log">,
  tokens: readonly string[],
  rich: readonly InboxEntry[],
): Promise<boolean> {
  if (rich.length === 0) return true;
  if (tokens.length === 0) {
    refuse(parts, "validation-token-missing", rich.length);
    return false;
  }
  try {
    await parts.tokens.verify(tokens, [...new Set(rich.map(({ tenantId }) => tenantId))]);
    return true;
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error;
    refuse(parts, "validation-token-rejected", rich.length, error.reason);
    return false;
  }
}

const hints: { readonly [Reason in ReceiveRefusal]?: string } = {
  "validation-token-missing":
    "In Entra, set the enterprise application's 'Assignment required' to No, or Graph sends no validation tokens",
};

function refuse(
  parts: Pick<ReceiveParts<unknown>, "metrics" | "log">,
  reason: ReceiveRefusal,
  count: number,
  detail?: string,
): void {
  if (count === 0) return;
  parts.metrics.count("notifications_received", { result: reason }, count);
  const hint = hints[reason];
  parts.log.warn("Notifications were refused", {
    reason,
    count,
    ...(detail === undefined ? {} : { detail }),
    ...(hint === undefined ? {} : { hint }),
  });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
