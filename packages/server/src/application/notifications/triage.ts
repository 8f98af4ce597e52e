import { oneOnOneMembers } from "../../domain/chat.ts";
import type { Connection } from "../../domain/connection.ts";
import { chatMessageIdsOf } from "../../domain/resource-path.ts";
import type { Clock } from "../clock.ts";
import type { ConnectionsInMemory } from "../connections/remembered-connections.ts";
import type { ChangeType, InboxEntry } from "../inbox/inbox.ts";
import { followForMs } from "./change-decision.ts";
import type { ChatMemory } from "./chat-memory.ts";
import type { EncryptedContent, NotificationDecryption } from "./encrypted-content.ts";
import { LeftOut } from "./left-out.ts";
import type { MessageFacts, MessageRules } from "./message-rules.ts";
import type { NoteAct } from "./noted-acts.ts";
import type { OpenedMessage } from "./opened-message.ts";
import { OpeningTurns } from "./opening-turns.ts";

export interface TriageParts<Message> {
  readonly rules: Pick<MessageRules<Message>, "read" | "facts" | "never">;
  readonly decryption: NotificationDecryption;
  readonly connections: ConnectionsInMemory;
  readonly chats: Pick<ChatMemory, "known" | "forget">;
  readonly noteAct: NoteAct;
  readonly clock: Clock;
}

/** `reason` is why nobody will ever be brought what the entry holds. */
export type Triaged<Message> =
  | { readonly kind: "keep"; readonly entry: InboxEntry<OpenedMessage<Message>> }
  | { readonly kind: "drop"; readonly reason: string };

/**
 * Opens what came and tells what can never be delivered from the rest, before anything of it is stored: most of what a tenant
 * writes concerns nobody here. Only what cannot change any more may drop an entry; what is not known in memory, or cannot be
 * opened, is kept and decided about later.
 */
export class Triage<Message> {
  readonly #parts: TriageParts<Message>;
  readonly #leftOut = new LeftOut();
  readonly #turns = new OpeningTurns();

  constructor(parts: TriageParts<Message>) {
    this.#parts = parts;
  }

  /** Never rejects. */
  async of(entry: InboxEntry<OpenedMessage<Message>>): Promise<Triaged<Message>> {
    const { changeType, encryptedContent } = entry;
    if (changeType === "copy" || changeType === "attach" || encryptedContent === undefined)
      return { kind: "keep", entry };
    const ids = chatMessageIdsOf(entry.resource);
    const ofTwo = ids && entry.userId === undefined ? oneOnOneMembers(ids.chatId) : undefined;
    // Not even opened: who writes in a chat of two others is nobody's business here.
    if (ofTwo !== undefined && amongMembers(this.#parts, entry, ofTwo)?.length === 0) return noReader;
    const message = `${entry.lane}/${ids?.messageId}`;
    // One that was deleted does not always say whose it was.
    if (changeType !== "created" && this.#leftOut.has(message)) return { kind: "drop", reason: "left-out" };
    const opened = await this.#open(entry, encryptedContent, changeType);
    if (opened === undefined) return { kind: "keep", entry };
    const reason = reasonToDrop(this.#parts, entry, changeType, opened);
    if (reason === undefined) return { kind: "keep", entry: { ...entry, opened } };
    this.#leftOut.add(message);
    return { kind: "drop", reason };
  }

  /** Undefined when it cannot be opened now, or ever: what to do about that is decided where failures are. */
  async #open(
    { receivedAtMs }: InboxEntry,
    content: EncryptedContent,
    changeType: ChangeType,
  ): Promise<OpenedMessage<Message> | undefined> {
    const { rules, decryption, clock } = this.#parts;
    using _turn = await this.#turns.take();
    if (clock.now() - receivedAtMs > openWithinMs) return undefined;
    try {
      const message = rules.read(await decryption.decrypt(content), changeType);
      return { message, facts: rules.facts(message), openedAtMs: clock.now() };
    } catch {
      return undefined;
    }
  }
}

/** Whoever waited longer for a turn has little left of the time that Graph waits, and others wait behind. */
export const openWithinMs = 1_000;

const noReader = { kind: "drop", reason: "no-reader" } as const;

function reasonToDrop<Message>(
  parts: TriageParts<Message>,
  entry: InboxEntry,
  changeType: ChangeType,
  { message, facts }: OpenedMessage<Message>,
): string | undefined {
  if (facts.changesChat) parts.chats.forget(facts.chatId);
  if (changeType !== "created" && parts.clock.now() - facts.sentAtMs > followForMs) return "too-old";
  const readers = readersOf(parts, entry, facts);
  if (readers === undefined) return undefined;
  if (readers.length === 0) return noReader.reason;
  const reasons = readers.map((reader) => parts.rules.never(message, reader, changeType));
  if (reasons.includes(undefined)) return undefined;
  const writer = changeType === "created" ? readers[reasons.indexOf("own-message")] : undefined;
  if (writer !== undefined) parts.noteAct(writer.userId, facts);
  return reasons[0];
}

/** The connected people whom a message may concern; undefined when that is not known in memory. */
function readersOf<Message>(
  parts: TriageParts<Message>,
  entry: InboxEntry,
  { chatId }: MessageFacts,
): readonly Connection[] | undefined {
  if (entry.userId !== undefined) {
    const reader = parts.connections.of(entry.userId);
    return reader && [reader];
  }
  const members =
    oneOnOneMembers(chatId) ??
    parts.chats.known(chatId)?.members.flatMap(({ teamsUserId }) => teamsUserId ?? []);
  return members && amongMembers(parts, entry, members);
}

/** Connections keep both ids in lower case; Graph's casing drifts. */
function amongMembers<Message>(
  { connections }: TriageParts<Message>,
  { tenantId }: InboxEntry,
  members: readonly string[],
): readonly Connection[] | undefined {
  return connections.among(
    tenantId.toLowerCase(),
    members.map((id) => id.toLowerCase()),
  );
}
