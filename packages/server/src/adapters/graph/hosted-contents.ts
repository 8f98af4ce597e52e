import type { HostedContents, ReadingLimits } from "../../application/copying/copying-ports.ts";
import type { ChatMessageIds } from "../../domain/resource-path.ts";
import type { GraphClient } from "./client.ts";
import { readWithin } from "./read-within.ts";
import { readingSignal } from "./reading-signal.ts";

/** `GET /chats/{id}/messages/{id}/hostedContents/{id}/$value`, for which the application's Chat.Read.All suffices (facts, section 2). */
export class GraphHostedContents implements HostedContents {
  readonly #client: GraphClient;

  constructor(client: GraphClient) {
    this.#client = client;
  }

  async read(message: ChatMessageIds, contentId: string, limits: ReadingLimits): Promise<Uint8Array> {
    const [chatId, messageId, id] = [message.chatId, message.messageId, contentId].map(encodeURIComponent);
    const path = `/chats/${chatId}/messages/${messageId}/hostedContents/${id}/$value`;
    const signal = readingSignal(limits.signal);
    return readWithin(await this.#client.open({ method: "GET", path }, signal), limits.maxBytes);
  }
}
