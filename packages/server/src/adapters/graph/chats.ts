import { z } from "zod";
import type { ChatSource } from "../../application/graph/chat-source.ts";
import { type Chat, parseChat } from "../../domain/chat.ts";
import { type ChatMessage, parseChatMessage } from "../../domain/chat-message.ts";
import { checkedAnswer, pathOfNextLink } from "./answer.ts";
import type { GraphClient } from "./client.ts";

/** An expanded roster ends at 25 members without saying so (facts, section 5); a longer one is read by itself. */
const expandedMembers = 25;

const membersPage = z.object({ value: z.array(z.unknown()), "@odata.nextLink": z.string().optional() });

/** Graph's `/chats` routes. */
export class GraphChats implements ChatSource {
  readonly #client: GraphClient;

  constructor(client: GraphClient) {
    this.#client = client;
  }

  async chat(chatId: string): Promise<Chat> {
    const path = `/chats/${encodeURIComponent(chatId)}`;
    const answer = await this.#client.request({ method: "GET", path: `${path}?$expand=members` });
    const chat = parseChat(answer);
    if (chat.members.length < expandedMembers) return chat;
    return parseChat({ ...Object(answer), members: await this.#members(`${path}/members`) });
  }

  async message(chatId: string, messageId: string): Promise<ChatMessage> {
    const path = `/chats/${encodeURIComponent(chatId)}/messages/${encodeURIComponent(messageId)}`;
    const headers = { prefer: "include-unknown-enum-members" };
    return parseChatMessage(await this.#client.request({ method: "GET", path, headers }), {
      chatId,
      messageId,
    });
  }

  async #members(firstPath: string): Promise<unknown[]> {
    const found: unknown[] = [];
    for (let path: string | undefined = firstPath; path !== undefined; ) {
      const answer = await this.#client.request({ method: "GET", path });
      const page: z.infer<typeof membersPage> = checkedAnswer(membersPage, answer, "the members of a chat");
      found.push(...page.value);
      path = pathOfNextLink(page["@odata.nextLink"]);
    }
    return found;
  }
}
