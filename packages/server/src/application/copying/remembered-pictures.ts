import type { ChatMessageIds } from "../../domain/resource-path.ts";
import type { Clock } from "../clock.ts";
import type { HostedContents, ReadingLimits } from "./copying-ports.ts";

/** Readers of one message come one after another in its lane; minutes later nobody asks for its pictures again. */
const keptMs = 2 * 60_000;
/** A few dozen screenshots; a larger picture than this is fetched for each reader. */
const maxKeptBytes = 32 * 1024 * 1024;

interface Kept {
  readonly picture: Promise<Uint8Array>;
  readonly untilMs: number;
  /** 0 until it has arrived. */
  bytes: number;
}

/** Fetches each picture once for all readers of its message. */
export class RememberedPictures implements HostedContents {
  readonly #source: HostedContents;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  constructor(source: HostedContents, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  read(message: ChatMessageIds, contentId: string, limits: ReadingLimits): Promise<Uint8Array> {
    const key = JSON.stringify([message.chatId, message.messageId, contentId, limits.maxBytes]);
    this.#forget();
    const known = this.#kept.get(key);
    if (known !== undefined) return known.picture;
    const picture = this.#source.read(message, contentId, limits);
    const kept: Kept = { picture, untilMs: this.#clock.now() + keptMs, bytes: 0 };
    this.#kept.set(key, kept);
    picture.then(
      (content) => {
        kept.bytes = content.length;
        this.#forget();
      },
      () => this.#kept.delete(key),
    );
    return picture;
  }

  /** Oldest first, what has had its time or what there is no room for. */
  #forget(): void {
    let total = [...this.#kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [key, { untilMs, bytes }] of this.#kept) {
      if (untilMs > this.#clock.now() && total <= maxKeptBytes) return;
      this.#kept.delete(key);
      total -= bytes;
    }
  }
}
