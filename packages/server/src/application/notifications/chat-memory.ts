import type { Chat } from "../../domain/chat.ts";
import type { Clock } from "../clock.ts";
import type { ChatSource } from "../graph/chat-source.ts";

/** Renames and new members also come as system events, which {@link ChatMemory.forget} answers; this bounds what those miss. */
const maxAgeMs = 10 * 60_000;
/** A chat with its members takes some kilobytes; beyond this the one asked for longest ago is dropped. */
const maxChats = 2_000;

interface Remembered {
  readonly askedAtMs: number;
  readonly chat: Promise<Chat>;
}

/** Topic and members of chats. Graph answers one such request per chat and second, so the answer is kept for a while. */
export class ChatMemory {
  readonly #source: Pick<ChatSource, "chat">;
  readonly #clock: Clock;
  readonly #chats = new Map<string, Remembered>();

  constructor(source: Pick<ChatSource, "chat">, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  /** Everybody who asks at once shares one request. A failure is not kept. Throws what {@link ChatSource.chat} throws. */
  get(chatId: string): Promise<Chat> {
    const nowMs = this.#clock.now();
    const known = this.#chats.get(chatId);
    // A clock set back must not keep an answer for as long.
    if (known !== undefined && Math.abs(nowMs - known.askedAtMs) < maxAgeMs) return known.chat;
    const remembered = { askedAtMs: nowMs, chat: this.#source.chat(chatId) };
    this.#chats.delete(chatId);
    this.#chats.set(chatId, remembered);
    remembered.chat.catch(() => {
      if (this.#chats.get(chatId) === remembered) this.#chats.delete(chatId);
    });
    const [oldest] = this.#chats.keys();
    if (this.#chats.size > maxChats && oldest !== undefined) this.#chats.delete(oldest);
    return remembered.chat;
  }

  forget(chatId: string): void {
    this.#chats.delete(chatId);
  }
}
