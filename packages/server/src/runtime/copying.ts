import { GraphChats } from "../adapters/graph/chats.ts";
import type { GraphClient } from "../adapters/graph/client.ts";
import type { EntraClientSettings } from "../adapters/graph/entra-client.ts";
import { GraphHostedContents } from "../adapters/graph/hosted-contents.ts";
import { RichNotificationDecryption } from "../adapters/graph/notification-decryption.ts";
import { GraphReaderFiles } from "../adapters/graph/reader-files.ts";
import { fileScopes, ReaderTokens } from "../adapters/graph/reader-tokens.ts";
import type { RequestTurns } from "../adapters/graph/request-turns.ts";
import type { Storage } from "../adapters/postgres/storage.ts";
import { CopyTasks, type MessageTasks, withoutCopies } from "../application/copying/copy-tasks.ts";
import type { FileGrants } from "../application/copying/copying-ports.ts";
import { offerCopies } from "../application/copying/offer-copies.ts";
import { openMessage } from "../application/copying/open-message.ts";
import { PacedContents } from "../application/copying/paced-contents.ts";
import { RememberedPictures } from "../application/copying/remembered-pictures.ts";
import type { InboxWorker } from "../application/inbox/inbox-worker.ts";
import type { ProcessParts } from "../application/notifications/message-in-hand.ts";
import type { OpenedMessage } from "../application/notifications/opened-message.ts";
import type { RetellingParts } from "../application/notifications/retelling.ts";
import type { Config } from "../config.ts";
import type { ChatMessage } from "../domain/chat-message.ts";
import type { Surroundings } from "./surroundings.ts";

/** What the setting *Copy attachments* adds to the rest; when it is off, or nothing of messages may be shown, nothing. */
export interface Copying extends Disposable {
  /** To be asked of people who connect. */
  readonly scopes: readonly string[];
  readonly grants: FileGrants | undefined;
  readonly afterPosting: ProcessParts<ChatMessage>["afterPosting"];
  around(messages: MessageTasks, retelling: RetellingParts<ChatMessage>): MessageTasks;
}

export interface CopyingParts {
  readonly surroundings: Surroundings;
  readonly config: Config;
  readonly storage: Storage;
  readonly graph: GraphClient;
  readonly turns: RequestTurns;
  readonly inbox: Pick<InboxWorker<OpenedMessage<ChatMessage>>, "accept" | "acceptLate">;
  readonly entra: EntraClientSettings;
}

const bytesPerMegabyte = 1024 * 1024;

/** Turning the setting off takes back what people agreed to: a token that nothing needs is not kept. */
export async function copying(parts: CopyingParts): Promise<Copying> {
  const { copyAttachments, mostShown } = parts.config;
  if (copyAttachments && mostShown === "whole") return copyingOn(parts);
  const removed = await parts.storage.grants.removeAll();
  if (removed > 0)
    parts.surroundings.log.info("Tokens for files removed, as files are not copied", { removed });
  return {
    scopes: [],
    grants: undefined,
    afterPosting: async () => undefined,
    around: withoutCopies,
    [Symbol.dispose]() {},
  };
}

function copyingOn({ surroundings, config, storage, graph, turns, inbox, entra }: CopyingParts): Copying {
  const { clock, log } = surroundings;
  const { posts, uploads } = surroundings.mattermost;
  const { connections, deliveries, copied, grants } = storage;
  const readerTokens = new ReaderTokens(entra, grants, clock);
  const tokensOf = (userId: string) => readerTokens.of(userId);
  const chats = new GraphChats(graph);
  const decryption = new RichNotificationDecryption((id) => storage.certificates.privateKey(id));
  const fetchMessage: ProcessParts<ChatMessage>["fetchMessage"] = ({ chatId, messageId }) =>
    chats.message(chatId, messageId);
  const stopping = new AbortController();
  return {
    scopes: fileScopes(entra),
    grants,
    afterPosting: (hand, reader, settle) => offerCopies(inbox, hand, reader, settle),
    around: (messages, retelling) =>
      new CopyTasks({
        ...surroundings,
        messages,
        retelling,
        openMessage: (work) => openMessage({ decryption, fetchMessage }, work),
        connections,
        deliveries,
        copied,
        inbox,
        posts,
        uploads,
        pictures: new RememberedPictures(
          new PacedContents(new GraphHostedContents(graph), surroundings),
          clock,
        ),
        files: new GraphReaderFiles({ graphUrl: entra.graphUrl, tokensOf, clock, log, turns }),
        scope: config.subscriptionScope,
        maxFileBytes: config.largestCopyMegabytes * bytesPerMegabyte,
        stopping: stopping.signal,
        random: Math.random,
      }),
    [Symbol.dispose]: () => stopping.abort(),
  };
}
