import type { Chat } from "../../domain/chat.ts";
import type { Clock } from "../clock.ts";
import type { ChatSource } from "../graph/chat-source.ts";

/** Renames and new members also come as system events, which {@link ChatMemory.forget} answers; this bounds what those miss. */
const maxAgeMs = 10 * 60_000;
/** A chat with its members takes some kilobytes; beyond this the one asked for longest ago is dropped. */
const maxChats = 2_000;

const nobodyElse: ChatNews = { follow() {}, tell: async () => undefined };

interface Remembered {
  readonly askedAtMs: number;
  readonly chat: Promise<Chat>;
  /** What was answered, once it was. */
  known?: Chat;
}

/** Tells all nodes that a chat changed. */
export interface ChatNews {
  follow(forget: (chatId: string) => void): void;
  tell(chatId: string): Promise<void>;
}

/** Topic and members of chats. Graph answers one such request per chat and second, so the answer is kept for a while. */
export class ChatMemory {
  readonly #source: Pick<ChatSource, "chat">;
  readonly #clock: Clock;
  readonly #news: ChatNews;
  readonly #chats = new Map<string, Remembered>();

  constructor(source: Pick<ChatSource, "chat">, clock: Clock, news: ChatNews = nobodyElse) {
    this.#source = source;
    this.#clock = clock;
    this.#news = news;
    news.follow((chatId) => this.#chats.delete(chatId));
  }

  /** Everybody who asks at once shares one request. A failure is not kept. Throws what {@link ChatSource.chat} throws. */
  get(chatId: string): Promise<Chat> {
    const nowMs = this.#clock.now();
    const known = this.#current(chatId);
    if (known !== undefined) return known.chat;
    const remembered: Remembered = { askedAtMs: nowMs, chat: this.#source.chat(chatId) };
    this.#chats.delete(chatId);
    this.#chats.set(chatId, remembered);
    remembered.chat.then(
      (chat) => {
        remembered.known = chat;
      },
      () => {
        if (this.#chats.get(chatId) === remembered) this.#chats.delete(chatId);
      },
    );
    const [oldest] = this.#chats.keys();
    if (this.#chats.size > maxChats && oldest !== undefined) this.#chats.delete(oldest);
    return remembered.chat;
  }

  /** The chat if it is remembered, without asking. */
  known(chatId: string): Chat | undefined {
    return this.#current(chatId)?.known;
  }

  #current(chatId: string): Remembered | undefined {
    const known = this.#chats.get(chatId);
    if (known === undefined) return undefined;
    // A clock set back must not keep an answer for as long.
    return Math.abs(this.#clock.now() - known.askedAtMs) < maxAgeMs ? known : undefined;
  }

  /** It changed: nobody is to go by what is remembered of it. */
  forget(chatId: string): void {
    this.#chats.delete(chatId);
    // Without a database nobody is told, and nothing of what others remember is older than ten minutes.
    this.#news.tell(chatId).catch(() => undefined);
  }
}
