import { type Chat, type ChatMember, type NewChat, yearOneMs } from "./chat.ts";
import { newChatId } from "./chat-id.ts";
import type { Clock } from "./clock.ts";
import { attachmentOf, composedMessage, escapeHtml, placeholder, referenceTo } from "./composed-message.ts";
import type { Directory } from "./directory.ts";
import type { Drive } from "./drive.ts";
import type { Announcements, TenantEvent } from "./events.ts";
import type { Attachment, ChatMessage, MessageSender, NewMessage } from "./message.ts";
import type { Randomness } from "./randomness.ts";
import { membershipDetail, renameDetail } from "./system-event.ts";
import { TenantError } from "./tenant-error.ts";
import type { User } from "./user.ts";

export interface ConversationParts {
  readonly tenantId: string;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly directory: Directory;
  readonly drive: Drive;
  readonly events: Announcements<TenantEvent>;
}

/** The chats of a tenant and everything that people do in them. */
export class Conversations {
  readonly #chats = new Map<string, Chat>();
  readonly #parts: ConversationParts;

  constructor(parts: ConversationParts) {
    this.#parts = parts;
  }

  get all(): readonly Chat[] {
    return [...this.#chats.values()];
  }

  find(chatId: string): Chat | undefined {
    return this.#chats.get(chatId);
  }

  chat(chatId: string): Chat {
    const chat = this.#chats.get(chatId);
    if (chat === undefined) throw new TenantError("unknown-chat", `There is no chat ${chatId}.`);
    return chat;
  }

  ofUser(userId: string): readonly Chat[] {
    return this.all.filter((chat) => chat.members.some((member) => member.userId === userId));
  }

  message(chatId: string, messageId: string): ChatMessage {
    const message = this.chat(chatId).messages.find((candidate) => candidate.id === messageId);
    if (message === undefined)
      throw new TenantError("unknown-message", `There is no message ${messageId} in ${chatId}.`);
    return message;
  }

  /** Creates a chat; the one-on-one chat of two people exists once and is answered again. */
  create(given: NewChat): Chat {
    const members = [...new Set(given.memberIds)].map((id) => this.#parts.directory.user(id));
    if (members.length === 0 || (given.chatType === "oneOnOne" && members.length !== 2)) {
      throw new TenantError("invalid", "A one-on-one chat needs two people, any other chat at least one.");
    }
    const id = newChatId(
      given.chatType,
      members.map((member) => member.id),
      this.#parts.randomness,
    );
    const existing = this.#chats.get(id);
    if (existing !== undefined) return existing;
    const now = this.#parts.clock.now();
    const chat: Chat = {
      id,
      chatType: given.chatType,
      topic: given.chatType === "oneOnOne" ? null : (given.topic ?? null),
      tenantId: this.#parts.tenantId,
      createdAt: now,
      lastUpdatedAt: now,
      members: members.map((member) => this.#membership(member, yearOneMs)),
      messages: [],
    };
    this.#chats.set(id, chat);
    this.#parts.events.announce({ kind: "chatCreated", chat });
    return chat;
  }

  /** Sends a message; a sender given by user id must be a member. */
  send(chatId: string, given: NewMessage): ChatMessage {
    const chat = this.chat(chatId);
    const from = given.from !== null && "userId" in given.from ? this.#member(chat, given.from) : given.from;
    const [id, now] = this.#nextId(chat);
    const { randomness } = this.#parts;
    const attachments = [...(given.attachments ?? []), ...this.#shared(chat, from, given.files)];
    const message = composedMessage(chat, { ...given, attachments }, { id, now, from, randomness });
    return this.#add(chat, message);
  }

  /** Replaces the body and adds files: moves both lastEditedDateTime and lastModifiedDateTime. */
  edit(
    chatId: string,
    messageId: string,
    change: { readonly html?: string; readonly text?: string } & Pick<NewMessage, "files">,
  ): ChatMessage {
    const message = this.message(chatId, messageId);
    if (message.deletedAt !== null)
      throw new TenantError("invalid", "A deleted message can only be brought back.");
    const added = this.#shared(this.chat(chatId), message.from, change.files).map((file) =>
      attachmentOf(file, this.#parts.randomness),
    );
    const html = change.html ?? (added.length === 0 ? undefined : escapeHtml(change.text ?? ""));
    message.attachments = [...message.attachments, ...added];
    message.body =
      html === undefined
        ? { contentType: "text", content: change.text ?? "" }
        : { contentType: "html", content: [html, ...added.map(placeholder)].join("") };
    this.#touch(message);
    message.lastEditedAt = message.lastModifiedAt;
    this.#parts.events.announce({ kind: "messageUpdated", chat: this.chat(chatId), message, cause: "edit" });
    return message;
  }

  /** Soft delete: the message stays with an empty body and a deletedDateTime. */
  delete(chatId: string, messageId: string): ChatMessage {
    const message = this.message(chatId, messageId);
    if (message.deletedAt !== null) return message;
    const { body, attachments, mentions } = message;
    message.withdrawn = { body, attachments, mentions };
    message.body = { contentType: "html", content: "" };
    message.attachments = [];
    message.mentions = [];
    this.#touch(message);
    message.deletedAt = message.lastModifiedAt;
    this.#parts.events.announce({ kind: "messageDeleted", chat: this.chat(chatId), message });
    return message;
  }

  /** Takes a deletion back: the message shows again what it showed. */
  undelete(chatId: string, messageId: string): ChatMessage {
    const message = this.message(chatId, messageId);
    if (message.withdrawn === null) return message;
    Object.assign(message, message.withdrawn);
    message.withdrawn = null;
    message.deletedAt = null;
    this.#touch(message);
    const chat = this.chat(chatId);
    this.#parts.events.announce({ kind: "messageUpdated", chat, message, cause: "undelete" });
    return message;
  }

  /** Adds a reaction, or takes the same one back: moves lastModifiedDateTime only. */
  react(chatId: string, messageId: string, userId: string, reactionType: string): ChatMessage {
    const message = this.message(chatId, messageId);
    const kept = message.reactions.filter(
      (reaction) => reaction.userId !== userId || reaction.reactionType !== reactionType,
    );
    this.#touch(message);
    const added = { reactionType, displayName: reactionType, userId, createdAt: message.lastModifiedAt };
    message.reactions = kept.length < message.reactions.length ? kept : [...kept, added];
    this.#parts.events.announce({
      kind: "messageUpdated",
      chat: this.chat(chatId),
      message,
      cause: "reaction",
    });
    return message;
  }

  rename(chatId: string, topic: string | null, byUserId: string | null = null): void {
    const chat = this.chat(chatId);
    chat.topic = topic;
    chat.lastUpdatedAt = this.#parts.clock.now();
    this.#parts.events.announce({ kind: "chatUpdated", chat });
    this.#addSystemEvent(chat, renameDetail(chat.id, topic, this.#initiator(byUserId)));
  }

  addMember(chatId: string, userId: string, byUserId: string | null = null): void {
    const chat = this.chat(chatId);
    const user = this.#parts.directory.user(userId);
    if (chat.chatType === "oneOnOne")
      throw new TenantError("invalid", "Nobody can be added to a one-on-one chat.");
    if (chat.members.some((member) => member.userId === user.id)) return;
    const now = this.#parts.clock.now();
    const membership = this.#membership(user, yearOneMs);
    chat.members = [...chat.members, membership];
    chat.lastUpdatedAt = now;
    this.#parts.events.announce({ kind: "memberAdded", chat, userId: user.id, membershipId: membership.id });
    this.#addSystemEvent(chat, membershipDetail("Added", user, this.#initiator(byUserId)));
  }

  removeMember(chatId: string, userId: string, byUserId: string | null = null): void {
    const chat = this.chat(chatId);
    const user = this.#parts.directory.user(userId);
    const membership = chat.members.find((member) => member.userId === user.id);
    if (membership === undefined)
      throw new TenantError("not-a-member", `${user.displayName} is not in ${chatId}.`);
    chat.members = chat.members.filter((member) => member !== membership);
    chat.lastUpdatedAt = this.#parts.clock.now();
    this.#parts.events.announce({
      kind: "memberRemoved",
      chat,
      userId: user.id,
      membershipId: membership.id,
    });
    this.#addSystemEvent(chat, membershipDetail("Deleted", user, this.#initiator(byUserId)));
  }

  #initiator(userId: string | null): User | null {
    return userId === null ? null : this.#parts.directory.user(userId);
  }

  #membership(user: User, visibleHistoryStartAt: number): ChatMember {
    return {
      id: Buffer.from(`${this.#parts.tenantId}##${user.id}`).toString("base64url"),
      userId: user.id,
      displayName: user.displayName,
      email: user.mail,
      tenantId: this.#parts.tenantId,
      roles: [user.userType === "Guest" ? "guest" : "owner"],
      visibleHistoryStartAt,
    };
  }

  /** Files of the sender's that the members of the chat may read from now on. */
  #shared(chat: Chat, from: MessageSender | null, files: NewMessage["files"] = []): Partial<Attachment>[] {
    const readerIds = chat.members.map(({ userId }) => userId);
    return files.map((file) =>
      referenceTo(this.#parts.drive.share(file, from?.displayName ?? "somebody", readerIds)),
    );
  }

  #member(
    chat: Chat,
    { userId, displayName }: { readonly userId: string; readonly displayName?: null | undefined },
  ): MessageSender {
    const user = this.#parts.directory.user(userId);
    if (!chat.members.some((member) => member.userId === user.id)) {
      throw new TenantError(
        "not-a-member",
        `${user.displayName} is not in this chat and cannot write in it.`,
      );
    }
    return {
      kind: "user",
      id: user.id,
      displayName: displayName === null ? null : user.displayName,
      userIdentityType: "aadUser",
      tenantId: this.#parts.tenantId,
    };
  }

  // Ids are the time of sending; two messages in one millisecond still need different ids (section 5).
  #nextId(chat: Chat): [string, number] {
    const now = Math.max(this.#parts.clock.now(), Number(chat.messages.at(-1)?.id ?? 0) + 1);
    return [String(now), now];
  }

  #add(chat: Chat, message: ChatMessage): ChatMessage {
    chat.messages.push(message);
    this.#parts.events.announce({ kind: "messageCreated", chat, message });
    return message;
  }

  #addSystemEvent(chat: Chat, eventDetail: ChatMessage["eventDetail"]): void {
    const [id, now] = this.#nextId(chat);
    const given = { from: null, html: "<systemEventMessage/>" };
    const message = composedMessage(chat, given, { id, now, from: null, randomness: this.#parts.randomness });
    this.#add(chat, { ...message, messageType: "systemEventMessage", eventDetail });
  }

  #touch(message: ChatMessage): void {
    message.lastModifiedAt = Math.max(this.#parts.clock.now(), message.lastModifiedAt + 1);
  }
}
