import { oneOnOneMembers } from "../../domain/chat.ts";
import type { Connection } from "../../domain/connection.ts";
import { type ChatMessageIds, chatMessageIdsOf } from "../../domain/resource-path.ts";
import { CollectedEndings } from "../deliveries/collected-endings.ts";
import type { DeliveryLog } from "../deliveries/delivery-log.ts";
import { GraphError } from "../graph/graph-error.ts";
import type { InboxTasks, InboxWork, RecordEnding, RetryDecision } from "../inbox/inbox.ts";
import { PermanentFailure } from "../work-failure.ts";
import { deliverTo } from "./deliver-to-person.ts";
import { followChange } from "./follow-change.ts";
import { HeldPosts } from "./held-posts.ts";
import { catchUpOrigin } from "./inbox-entry.ts";
import type { EntryParts, MessageInHand, ProcessParts } from "./message-in-hand.ts";
import type { OpenedMessage } from "./opened-message.ts";
import { decideRetry } from "./retry-policy.ts";

/** The work behind the inbox: from a stored notification to a recorded outcome for each of its recipients. */
export class NotificationTasks<Message> implements InboxTasks<OpenedMessage<Message>> {
  readonly #parts: ProcessParts<Message>;
  readonly #heldPosts: HeldPosts;

  constructor(parts: ProcessParts<Message>) {
    this.#parts = parts;
    this.#heldPosts = new HeldPosts(parts.clock);
  }

  /** Throws when at least one recipient must be tried again; the others have their outcome by then and keep it. */
  async process(work: InboxWork<OpenedMessage<Message>>, record: RecordEnding): Promise<void> {
    const { clock, metrics, chats } = this.#parts;
    const parts = this.#partsFor(record);
    const startedAtMs = clock.now();
    const wasHeld = work.heldAtMs !== undefined;
    if (!wasHeld) metrics.observe("queue_ms", startedAtMs - work.storedAtMs, {});
    if (await this.#wasKeptFromReader(work)) return;
    // At once: the database answers while the message is decrypted. Whichever fails first, the other's failure is heard.
    const [reader, hand] = await Promise.all([this.#readerOf(work), this.#open(work, startedAtMs)]);
    if (hand.facts.changesChat) chats.forget(hand.facts.chatId);
    const recipients = work.userId === undefined ? await this.#membersOf(hand) : reader;
    if (work.encryptedContent === undefined) await this.#mustBeIn(hand, recipients);
    const bring = work.changeType === "created" ? deliverTo : followChange;
    const results = await Promise.allSettled(recipients.map((recipient) => bring(parts, hand, recipient)));
    const failures = results.flatMap((result, index) => {
      const recipient = recipients[index];
      return result.status === "rejected" && recipient !== undefined
        ? [{ recipient, error: result.reason as unknown }]
        : [];
    });
    let again: { readonly error: unknown } | undefined;
    for (const { recipient, error } of failures) {
      const decision = decideRetry(error, work, this.#parts);
      if (decision.kind === "retry") again = { error };
      else {
        // A personal entry is recorded by bury, together with the failures that come before its reader is known.
        if (work.userId === undefined && work.changeType === "created")
          await this.#recordDead(
            parts.deliveries,
            { ...hand.facts, userId: recipient.userId },
            work,
            decision.reason,
          );
        again ??= { error };
      }
    }
    if (again !== undefined) throw again.error;
  }

  decideRetry(error: unknown, work: InboxWork): RetryDecision {
    const decision = decideRetry(error, work, this.#parts);
    if (decision.kind === "retry") this.#parts.metrics.count("retries", { code: decision.code });
    return decision;
  }

  async bury(work: InboxWork, reason: string): Promise<void> {
    const ids = chatMessageIdsOf(work.resource);
    if (work.changeType !== "created") this.#parts.log.error("A change in Teams was given up", { reason });
    else if (work.userId !== undefined && ids !== undefined)
      await this.#recordDead(this.#parts.deliveries, { ...ids, userId: work.userId }, work, reason);
    else this.#parts.log.error("A notification was given up", { reason });
  }

  #partsFor(record: RecordEnding): EntryParts<Message> {
    const { afterPosting } = this.#parts;
    const deliveries = new CollectedEndings(this.#parts.deliveries, record);
    return {
      ...this.#parts,
      deliveries,
      heldPosts: this.#heldPosts,
      afterPosting: (hand, reader) => afterPosting(hand, reader, () => deliveries.settle()),
    };
  }

  async #open(work: InboxWork<OpenedMessage<Message>>, startedAtMs: number): Promise<MessageInHand<Message>> {
    const { rules, decryption, clock, metrics } = this.#parts;
    const { changeType } = work;
    // What follows a delivery has its own work, see CopyTasks.
    if (changeType === "copy" || changeType === "attach") throw new TypeError("An inbox entry is no change.");
    const read = async (): Promise<OpenedMessage<Message>> => {
      const message =
        work.encryptedContent === undefined
          ? await this.#fetch(work)
          : rules.read(await decryption.decrypt(work.encryptedContent), changeType);
      return { message, facts: rules.facts(message), openedAtMs: clock.now() };
    };
    const { message, facts, openedAtMs } = work.opened ?? (await read());
    // What was read instead says nothing about Graph's notifications, nor does when a changed message was sent.
    if (work.subscriptionId !== catchUpOrigin && work.heldAtMs === undefined && work.changeType === "created")
      metrics.observe("graph_delay_ms", Math.max(0, work.receivedAtMs - facts.sentAtMs), {});
    return { work, message, facts, startedAtMs, decryptedAtMs: Math.max(startedAtMs, openedAtMs) };
  }

  async #fetch(work: InboxWork): Promise<Message> {
    const ids = chatMessageIdsOf(work.resource);
    // Nothing is stored whose resource cannot be read.
    if (ids === undefined) throw new TypeError("An inbox entry names no message.");
    try {
      return await this.#parts.fetchMessage(ids);
    } catch (error) {
      if (work.changeType === "created" || !(error instanceof GraphError && error.code === "not-found"))
        throw error;
      // Changed and gone: that is all there is to show.
      const deletedDateTime = new Date(work.receivedAtMs).toISOString();
      return this.#parts.rules.read({ id: ids.messageId, chatId: ids.chatId, deletedDateTime }, "deleted");
    }
  }

  /** Most messages are kept from people who are in Teams anyway; their changes are not worth decrypting. */
  async #wasKeptFromReader({ changeType, resource, userId, isUntouched }: InboxWork): Promise<boolean> {
    // That was looked at when it was stored, and it is decrypted already.
    if (isUntouched) return false;
    const ids = chatMessageIdsOf(resource);
    if (changeType === "created" || userId === undefined || ids === undefined) return false;
    const record = await this.#parts.deliveries.find({ ...ids, userId });
    return record?.outcome.kind === "suppressed";
  }

  async #readerOf(work: InboxWork): Promise<readonly Connection[]> {
    if (work.userId === undefined) return [];
    const connection = await this.#parts.connections.byMattermostUser(work.userId);
    // Disconnected meanwhile: nothing is delivered and nothing is remembered.
    return connection === undefined ? [] : [connection];
  }

  /**
   * Content that Microsoft sealed and signed is believed. Without it only a client state speaks for the notification, and
   * the application may read every chat: a state that leaked must not bring its reader the chats of others.
   */
  async #mustBeIn(hand: MessageInHand<Message>, readers: readonly Connection[]): Promise<void> {
    if (readers.length === 0) return;
    const members = await this.#membersOf(hand);
    if (readers.every(({ userId }) => members.some((member) => member.userId === userId))) return;
    throw new PermanentFailure(
      "reader-not-in-chat",
      "A notification names a chat that its reader is not in.",
    );
  }

  /** The connected people of the message's chat. */
  async #membersOf(hand: MessageInHand<Message>): Promise<readonly Connection[]> {
    const { chats, connections } = this.#parts;
    const { chatId } = hand.facts;
    const members =
      oneOnOneMembers(chatId) ??
      (await chats.get(chatId)).members.flatMap(({ teamsUserId }) => teamsUserId ?? []);
    // Connections keep both ids in lower case; Graph's casing drifts.
    const ids = members.map((id) => id.toLowerCase());
    return connections.byTeamsUsers(hand.work.tenantId.toLowerCase(), ids);
  }

  async #recordDead(
    deliveries: Pick<DeliveryLog, "finish">,
    key: ChatMessageIds & { readonly userId: string },
    work: InboxWork,
    reason: string,
  ): Promise<void> {
    const { metrics, clock } = this.#parts;
    const { chatId, messageId, userId } = key;
    const times = {
      sentAtMs: work.receivedAtMs,
      receivedAtMs: work.receivedAtMs,
      storedAtMs: work.storedAtMs,
      endedAtMs: clock.now(),
    };
    await deliveries.finish({ chatId, messageId, userId }, { kind: "dead", reason }, times);
    metrics.count("deliveries", { outcome: "dead", reason });
  }
}
