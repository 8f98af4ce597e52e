import type { Chat } from "../../../domain/chat.ts";
import type { ChatMessage } from "../../../domain/chat-message.ts";
import { cloudAddresses } from "../../../domain/cloud.ts";
import type { Connection } from "../../../domain/connection.ts";
import { renderAsItStands } from "../../../domain/rendering/render-as-it-stands.ts";
import { groupChat } from "../../../domain/rendering/testing/rendering.ts";
import { htmlMessage } from "../../../domain/testing/chat-messages.ts";
import type { InboxEntry, InboxWork } from "../../inbox/inbox.ts";
import { ChatMemory } from "../../notifications/chat-memory.ts";
import { chatMessageRules } from "../../notifications/chat-message-rules.ts";
import { postKey } from "../../notifications/deliver.ts";
import { type PostPart, writeParts } from "../../notifications/post-parts.ts";
import type { SenderNames } from "../../notifications/sender-names.ts";
import { MemoryConnections } from "../../testing/memory-connections.ts";
import { MemoryDeliveries } from "../../testing/memory-deliveries.ts";
import { MemoryPosts } from "../../testing/memory-posts.ts";
import { CountedMetrics, RecordedLog } from "../../testing/observed.ts";
import { FixedClock } from "../../testing/time.ts";
import { copyEntry } from "../copy-entries.ts";
import { CopyTasks } from "../copy-tasks.ts";
import { MemoryCopiedFiles } from "./memory-copied-files.ts";
import { MemoryUploads } from "./memory-uploads.ts";

export const key = { chatId: "19:a@thread.v2", messageId: "1612289765949", userId: "ann" };
const folder = `https://graph.microsoft.com/v1.0/chats/${key.chatId}/messages/${key.messageId}/hostedContents`;
const pngStart = "\u0089PNG\r\n\u001a\n";

/** A body with pictures of these ids, and files of these names. */
export function messageWith(pictures: readonly string[], files: readonly string[] = []): ChatMessage {
  const images = pictures.map((id) => `<img src="${folder}/${id}/$value">`);
  const attachments = files.map((name) => ({
    id: name,
    contentType: "reference",
    contentUrl: `https://contoso.sharepoint.com/${name}`,
    name,
  }));
  return htmlMessage(`<p>look</p>${images.join("")}`, { attachments });
}

const noNames: Pick<SenderNames, "of"> = { of: async () => new Map() };

/** The work of copying on memory, for one delivered message of one reader. */
export class CopyWorld {
  readonly clock = new FixedClock();
  readonly posts = new MemoryPosts();
  readonly deliveries = new MemoryDeliveries(this.clock);
  readonly reader: Connection = {
    userId: key.userId,
    tenantId: "tenant",
    teamsUserId: "teams-ann",
    teamsAccount: "ann@example.com",
    connectedAtMs: 1,
  };
  readonly connections = new MemoryConnections(this.reader);
  readonly rules = chatMessageRules({
    render: (message, context) => renderAsItStands(message, { ...context, cloud: cloudAddresses("global") }),
    renderThread: () => "",
  });
  readonly copied = new MemoryCopiedFiles();
  readonly uploads = new MemoryUploads();
  readonly metrics = new CountedMetrics();
  readonly log = new RecordedLog();
  readonly stopping = new AbortController();
  readonly accepted: InboxEntry<never>[] = [];
  readonly passedOn: string[] = [];
  /** What reading a picture or file of this name gives; a PNG unless set. */
  readonly contents = new Map<string, Uint8Array | Error>();
  readonly reads: string[] = [];
  failAccepting: Error | undefined;
  failChat: Error | undefined;
  message: ChatMessage;

  constructor(message: ChatMessage) {
    this.message = message;
  }

  readonly tasks = new CopyTasks({
    messages: {
      process: async ({ changeType }) => void this.passedOn.push(`process ${changeType}`),
      decideRetry: () => ({ kind: "dead", reason: "from messages" }),
      bury: async ({ changeType }) => void this.passedOn.push(`bury ${changeType}`),
    },
    openMessage: async () => this.message,
    retelling: {
      rules: this.rules,
      chats: new ChatMemory({ chat: () => this.#chat() }, this.clock),
      names: noNames,
      prepare: async () => undefined,
      log: this.log,
    },
    connections: this.connections,
    deliveries: this.deliveries,
    copied: this.copied,
    uploads: this.uploads,
    inbox: {
      accept: async (entries) => {
        if (this.failAccepting !== undefined) throw this.failAccepting;
        this.accepted.push(...entries);
        return entries.length;
      },
    },
    posts: this.posts,
    pictures: { read: (_message, contentId) => this.#read(contentId) },
    files: { read: (userId, url) => this.#read(`${userId} ${url.split("/").at(-1)}`) },
    scope: "users",
    maxFileBytes: 2 * 1024 * 1024,
    stopping: this.stopping.signal,
    clock: this.clock,
    random: () => 0.5,
    metrics: this.metrics,
    log: this.log,
  });

  /** The post of the message, as its delivery makes it. */
  part(): PostPart {
    const { rules, message } = this;
    const { sentAtMs, changedAtMs, isWithdrawn } = rules.facts(message);
    const { message: text } = rules.render(message, this.reader, groupChat);
    const [fingerprint, author] = [rules.fingerprint(message, "whole"), rules.author(message)];
    const known = { sentAtMs, changedAtMs, isWithdrawn, fingerprint, author };
    return { key: postKey(key), text, standsAlone: false, shown: "whole", copied: [], ...known };
  }

  async deliver(...others: readonly PostPart[]): Promise<void> {
    const shown = writeParts([...others, this.part()]);
    const { postId } = await this.posts.create("dm-ann", { ...shown, key: postKey(key) });
    await this.deliveries.finish(key, { kind: "delivered", postId }, { sentAtMs: 1, receivedAtMs: 1 });
  }

  copy(attempts = 0): Promise<void> {
    return this.tasks.process(this.work({}, attempts), recordNothing);
  }

  /** Works off what was put into the inbox. */
  async attach(): Promise<void> {
    for (const entry of this.accepted.splice(0)) await this.tasks.process(this.work(entry), recordNothing);
  }

  work(change: Partial<InboxEntry<never>>, attempts = 0): InboxWork<never> {
    const origin = {
      subscriptionId: "s",
      resource: `chats('${key.chatId}')/messages('${key.messageId}')`,
      tenantId: "tenant",
      encryptedContent: undefined,
      receivedAtMs: 1,
    };
    return { ...copyEntry(origin, key), id: 1, storedAtMs: 1, attempts, isUntouched: false, ...change };
  }

  /** Names of the post's files, and its note. */
  shown(): { readonly files: readonly string[]; readonly note: string } {
    const attached = this.posts.attached.get("post-1");
    const names = (attached?.fileIds ?? []).map(
      (id) => this.uploads.all.find((each) => each.id === id)?.name,
    );
    return { files: names.map(String), note: [...(attached?.notes.values() ?? [])].join("\n") };
  }

  async #chat(): Promise<Chat> {
    if (this.failChat !== undefined) throw this.failChat;
    return groupChat;
  }

  async #read(name: string): Promise<Uint8Array> {
    this.reads.push(name);
    const content = this.contents.get(name) ?? Buffer.from(pngStart, "latin1");
    if (content instanceof Error) throw content;
    return content;
  }
}

/** Copying ends no delivery. */
export function recordNothing(): void {
  throw new Error("Copying has no delivery to end.");
}
