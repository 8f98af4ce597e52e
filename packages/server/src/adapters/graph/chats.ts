import { z } from "zod";
import type { ChatSource } from "../../application/ports.ts";
import type { Chat, ChatKind, ChatMember } from "../../domain/chat.ts";
import { type ChatMessage, parseChatMessage } from "../../domain/chat-message.ts";
import { checkedAnswer, pathOfNextLink } from "./answer.ts";
import type { GraphClient } from "./client.ts";

/** An expanded roster ends at 25 members without saying so (facts, section 5); a longer one is read by itself. */
const expandedMembers = 25;

const member = z.object({ userId: z.string().nullish(), displayName: z.string().nullish() });
const chatAnswer = z.object({
  id: z.string(),
  chatType: z.string(),
  topic: z.string().nullish(),
  members: z.array(member).nullish(),
});
const membersPage = z.object({ value: z.array(member), "@odata.nextLink": z.string().optional() });

const kinds: Readonly<Record<string, ChatKind>> = {
  oneonone: "oneOnOne",
  group: "group",
  meeting: "meeting",
};

/** Graph's `/chats` routes. */
export class GraphChats implements ChatSource {
  readonly #client: GraphClient;

  constructor(client: GraphClient) {
    this.#client = client;
  }

  async chat(chatId: string): Promise<Chat> {
    const path = `/chats/${encodeURIComponent(chatId)}`;
    const answer = checkedAnswer(
      chatAnswer,
      await this.#client.request({ method: "GET", path: `${path}?$expand=members` }),
      "a chat",
    );
    const expanded = answer.members ?? [];
    const members = expanded.length < expandedMembers ? expanded : await this.#members(`${path}/members`);
    return {
      id: answer.id,
      kind: kinds[answer.chatType.toLowerCase()] ?? "unknown",
      topic: answer.topic == null || answer.topic === "" ? undefined : answer.topic,
      members: members.map(toMember),
    };
  }

  async message(chatId: string, messageId: string): Promise<ChatMessage> {
    const path = `/chats/${encodeURIComponent(chatId)}/messages/${encodeURIComponent(messageId)}`;
    return parseChatMessage(
      await this.#client.request({
        method: "GET",
        path,
        headers: { prefer: "include-unknown-enum-members" },
      }),
    );
  }

  async #members(firstPath: string): Promise<z.infer<typeof member>[]> {
    const found: z.infer<typeof member>[] = [];
    for (let path: string | undefined = firstPath; path !== undefined; ) {
      const page: z.infer<typeof membersPage> = checkedAnswer(
        membersPage,
        await this.#client.request({ method: "GET", path }),
        "the members of a chat",
      );
      found.push(...page.value);
      path = pathOfNextLink(page["@odata.nextLink"]);
    }
    return found;
  }
}

function toMember({ userId, displayName }: z.infer<typeof member>): ChatMember {
  return { teamsUserId: userId?.toLowerCase(), displayName: displayName ?? undefined };
}
