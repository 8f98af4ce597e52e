import type { Chat } from "../../domain/chat.ts";
import type { ChatMessage } from "../../domain/chat-message.ts";

export interface ChatSource {
  /** Kind, topic and members of a chat, one request. */
  chat(chatId: string): Promise<Chat>;
  /** One message, for notifications that came without content. */
  message(chatId: string, messageId: string): Promise<ChatMessage>;
}
