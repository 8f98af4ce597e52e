import type { Chat } from "../../../domain/chat.ts";
import type { ChoiceLimits } from "../../../domain/choices.ts";
import type { Connection } from "../../../domain/connection.ts";
import type { ReaderHistory } from "../../../domain/delivery-policy.ts";
import type { Presence } from "../../../domain/presence.ts";
import { MemoryCopiedFiles } from "../../copying/testing/memory-copied-files.ts";
import type { Ending } from "../../deliveries/delivery-log.ts";
import { GraphError } from "../../graph/graph-error.ts";
import type { InboxWork } from "../../inbox/inbox.ts";
import { MemoryConnections } from "../../testing/memory-connections.ts";
import { MemoryDeliveries } from "../../testing/memory-deliveries.ts";
import { MemoryPosts } from "../../testing/memory-posts.ts";
import { MemoryPreferences } from "../../testing/memory-preferences.ts";
import { MemoryThreads } from "../../testing/memory-threads.ts";
import { CountedMetrics, RecordedLog } from "../../testing/observed.ts";
import { FixedClock } from "../../testing/time.ts";
import { systemTimers } from "../../timers.ts";
import { ChatMemory } from "../chat-memory.ts";
import type { MessageRules } from "../message-rules.ts";
import type { OpenedMessage } from "../opened-message.ts";
import { PresenceBatch } from "../presence-batch.ts";
import { NotificationTasks } from "../process-notification.ts";
import { SenderNames } from "../sender-names.ts";

/** A message as small as the pipeline's own questions to it; what real ones hold is the domain's matter. */
export interface TestMessage {
  readonly chatId: string;
  readonly messageId: string;
  readonly text: string;
  readonly senderId?: string;
  /** When it became what it is; when it was sent, unless given. */
  readonly changedAtMs?: number;
  readonly isDeleted?: boolean;
  readonly changesChat?: boolean;
  /** Teams ids of people whom it does not name; their names are added to the text. */
  readonly unnamed?: readonly string[];
  /** How long ago it was sent; a moment ago unless given. */
  readonly ageMs?: number;
}

export interface PipelineWorld {
  readonly connections: readonly Connection[];
  /** Teams ids of people who sit in front of Teams. */
  readonly present?: readonly string[];
  /** People who switched notifications off. */
  readonly off?: readonly string[];
  readonly chat?: { readonly topic?: string; readonly members?: readonly string[] };
  /** What was noticed of everybody, for messages that are late. */
  readonly history?: ReaderHistory;
  readonly presenceError?: Error;
  readonly chatError?: Error;
  readonly decryptError?: Error;
}

export type Pipeline = ReturnType<typeof pipeline>;

/** The pipeline on memory, with real batching and real delivery. */
export function pipeline(world: PipelineWorld) {
  const clock = new FixedClock();
  const posts = new MemoryPosts(clock);
  const deliveries = new MemoryDeliveries(clock);
  const threads = new MemoryThreads(clock);
  const preferences = new MemoryPreferences(world.off);
  const metrics = new CountedMetrics();
  const log = new RecordedLog();
  const presenceRequests: (readonly string[])[] = [];
  const chatRequests: string[] = [];
  const historyRequests: string[] = [];
  const renderedChats: (Chat | undefined)[] = [];
  const prepared: string[] = [];
  const followed: string[] = [];
  const zoneRequests: string[] = [];
  const acts: string[] = [];
  const holding = { hasRoom: true, held: [] as (InboxWork & { readonly untilMs: number })[] };
  const files = new MemoryCopiedFiles();
  const fetchable = new Map<string, TestMessage>();
  const fetched: string[] = [];
  const connections = new MemoryConnections(...world.connections);
  let limits: ChoiceLimits = {};
  let decryptable: Promise<void> = Promise.resolve();
  const present: Presence = { availability: "available", activity: "available", outOfOffice: false };
  const absent: Presence = { availability: "away", activity: "away", outOfOffice: false };
  const source = {
    async presencesOf(ids: readonly string[]) {
      presenceRequests.push(ids);
      if (world.presenceError !== undefined) throw world.presenceError;
      return new Map(ids.map((id) => [id, world.present?.includes(id) === true ? present : absent]));
    },
  };
  const chatSource = {
    async chat(chatId: string): Promise<Chat> {
      chatRequests.push(chatId);
      if (world.chatError !== undefined) throw world.chatError;
      const members = (world.chat?.members ?? []).map((teamsUserId) => ({
        teamsUserId,
        displayName: undefined,
      }));
      return { id: chatId, kind: "group", topic: world.chat?.topic, members };
    },
  };
  const rules: MessageRules<TestMessage> = {
    read: (json, changeType) => {
      const { id, ...message } = json as TestMessage & { readonly id?: string };
      // A message that is gone, as it is known by its ids alone.
      if (id !== undefined) return { ...message, messageId: id, text: "", isDeleted: true, changedAtMs: 100 };
      return changeType === "deleted" ? { ...message, isDeleted: true } : message;
    },
    facts: (message) => ({
      chatId: message.chatId,
      messageId: message.messageId,
      sentAtMs: clock.now() - (message.ageMs ?? 100),
      changedAtMs: message.changedAtMs ?? 1,
      isWithdrawn: message.isDeleted ?? false,
      changesChat: message.changesChat ?? false,
    }),
    never: (message, reader) => (message.senderId === reader.teamsUserId ? "own-message" : undefined),
    decide(message, input) {
      if (message.isDeleted === true) return { kind: "suppress", reason: "deleted" };
      if (message.senderId === input.connection.teamsUserId)
        return { kind: "suppress", reason: "own-message" };
      if (input.preferences.notifications === "off") return { kind: "suppress", reason: "off" };
      if (input.history?.actedAtMs !== undefined) return { kind: "suppress", reason: "seen" };
      if (input.presence === present) return { kind: "suppress", reason: "present" };
      const { grace } = input.preferences;
      const untilMs = clock.now() - (message.ageMs ?? 100) + 60_000;
      return grace === "1m" && input.here !== undefined && untilMs > input.here.nowMs
        ? { kind: "hold", untilMs, because: "held", otherwise: "absent" }
        : { kind: "deliver", because: "absent" };
    },
    fingerprint: ({ text, isDeleted }) => `${isDeleted} ${text}`,
    author: ({ senderId }) => senderId ?? null,
    unnamed: ({ unnamed }) => unnamed ?? [],
    withNames: (message, names) => ({ ...message, text: [message.text, ...names.values()].join(" of ") }),
    namesIn: () => new Map(),
    render(message, _reader, chat, within = {}) {
      const { author = null, isContinuation = false, copied = [], shown = "whole" } = within;
      renderedChats.push(chat);
      if (shown !== "whole") return { message: `as ${shown}` };
      if (isContinuation && message.isDeleted !== true) return { message: `and ${message.text}` };
      const text = [message.text, ...copied].join(" without ");
      return { message: message.isDeleted === true ? `deleted by ${author}` : text };
    },
    renderThread: (message, _reader, _chat, { shown } = {}) =>
      shown === "notice" ? "a thread" : `thread of ${message.chatId}`,
  };
  const chats = new ChatMemory(chatSource, clock);
  const users = { namesOf: async (ids: readonly string[]) => new Map(ids.map((id) => [id, `user ${id}`])) };
  const tasks = new NotificationTasks<TestMessage>({
    rules,
    decryption: {
      async decrypt(content) {
        await decryptable;
        if (world.decryptError !== undefined) throw world.decryptError;
        return JSON.parse(content.data);
      },
    },
    async fetchMessage({ chatId, messageId }) {
      fetched.push(messageId);
      const message = fetchable.get(`${chatId}/${messageId}`);
      if (message === undefined) throw new GraphError("not-found", "no such message");
      return message;
    },
    chats,
    names: new SenderNames({ chats, connections, users, clock, log }),
    presences: new PresenceBatch({ source, clock, timers: systemTimers, metrics }),
    connections,
    preferences,
    users: {
      async get(id) {
        zoneRequests.push(id);
        return undefined;
      },
    },
    get limits() {
      return limits;
    },
    posts,
    deliveries,
    threads,
    histories: {
      async of(userId, chatId) {
        historyRequests.push(`${userId} ${chatId}`);
        return world.history ?? {};
      },
    },
    holding: {
      async hold(entry, userId, untilMs) {
        if (!holding.hasRoom) return false;
        holding.held.push({ ...entry, userId, untilMs });
        return true;
      },
    },
    noteAct: (userId, { chatId }) => void acts.push(`${userId} ${chatId}`),
    prepare: async (message) => void prepared.push(message.messageId),
    files,
    afterPosting: async ({ facts }, reader) => void followed.push(`${facts.messageId} ${reader.userId}`),
    clock,
    random: () => 0.5,
    log,
    metrics,
  });
  /** Works on an entry as the inbox does: what became of it is recorded at the end, whatever the end is. */
  const process = async (entry: TestWork): Promise<void> => {
    const endings: Ending[] = [];
    try {
      await tasks.process(entry, (ending) => endings.push(ending));
    } finally {
      for (const { key, outcome, times } of endings) await deliveries.finish(key, outcome, times);
    }
  };
  return {
    tasks,
    process,
    clock,
    posts,
    deliveries,
    threads,
    holding,
    acts,
    zoneRequests,
    preferences,
    metrics,
    log,
    presenceRequests,
    chatRequests,
    historyRequests,
    renderedChats,
    prepared,
    followed,
    files,
    fetchable,
    fetched,
    connections,
    set limits(allowed: ChoiceLimits) {
      limits = allowed;
    },
    holdDecryption(until: Promise<void>) {
      decryptable = until;
    },
  };
}

export type TestWork = InboxWork<OpenedMessage<TestMessage>>;

/** The inbox entry that brings a message to the first reader, or to whom `changed` says. */
export function work(message: Partial<TestMessage>, changed: Partial<TestWork> = {}): TestWork {
  const whole: TestMessage = { chatId: "19:group", messageId: "1", text: "text", ...message };
  const nowMs = new FixedClock().now();
  return {
    id: 1,
    dedupeKey: `${whole.chatId}/${whole.messageId}`,
    lane: whole.chatId,
    subscriptionId: "s",
    userId: "ann".padEnd(26, "0"),
    changeType: "created",
    resource: `chats('${whole.chatId}')/messages('${whole.messageId}')`,
    tenantId: "tenant-id",
    encryptedContent: {
      data: JSON.stringify(whole),
      dataSignature: "",
      dataKey: "",
      encryptionCertificateId: "c",
    },
    receivedAtMs: nowMs,
    storedAtMs: nowMs,
    attempts: 0,
    isUntouched: false,
    ...changed,
  };
}
