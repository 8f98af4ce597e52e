import type { ChatMessageIds } from "../../domain/resource-path.ts";
import type { Clock } from "../clock.ts";
import type { Timers } from "../timers.ts";
import type { HostedContents, ReadingLimits } from "./copying-ports.ts";

/** Graph answers one request of a kind per chat and second (facts, section 7), and a message often brings several pictures. */
const perChatMs = 1_000;

export interface PacedParts {
  readonly clock: Clock;
  readonly timers: Timers;
}

/** Reads the pictures of one chat a second apart: refused requests would count against all others. */
export class PacedContents implements HostedContents {
  readonly #source: HostedContents;
  readonly #parts: PacedParts;
  readonly #freeAtMs = new Map<string, number>();

  constructor(source: HostedContents, parts: PacedParts) {
    this.#source = source;
    this.#parts = parts;
  }

  async read(message: ChatMessageIds, contentId: string, limits: ReadingLimits): Promise<Uint8Array> {
    await this.#turn(message.chatId, limits.signal);
    return this.#source.read(message, contentId, limits);
  }

  async #turn(chatId: string, signal: AbortSignal): Promise<void> {
    const nowMs = this.#parts.clock.now();
    for (const [id, freeAtMs] of this.#freeAtMs) if (freeAtMs <= nowMs) this.#freeAtMs.delete(id);
    const atMs = this.#freeAtMs.get(chatId) ?? nowMs;
    this.#freeAtMs.set(chatId, atMs + perChatMs);
    if (atMs <= nowMs || signal.aborted) return;
    const turn = Promise.withResolvers<void>();
    using _timer = this.#parts.timers.after(atMs - nowMs, () => turn.resolve());
    signal.addEventListener("abort", () => turn.resolve(), { once: true });
    await turn.promise;
  }
}
