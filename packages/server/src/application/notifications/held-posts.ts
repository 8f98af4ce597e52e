import type { Clock } from "../clock.ts";

/** What is released together is posted within this time; later its reader may have heard the sound and looked already. */
export const heldTogetherMs = 10_000;

/**
 * The posts that held messages were last put into, by lane: what one chat brings when it is released stands together, though
 * other chats are released at the same time. Known in memory alone: after a crash the next has a post of its own.
 */
export class HeldPosts {
  readonly #clock: Clock;
  readonly #posts = new Map<string, { readonly postId: string; readonly atMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  of(lane: string): string | undefined {
    this.#forgetOld();
    return this.#posts.get(lane)?.postId;
  }

  note(lane: string, postId: string): void {
    this.#forgetOld();
    const known = this.#posts.get(lane);
    if (known?.postId === postId) return;
    // Deleted first, so that the map stays in the order of noting.
    this.#posts.delete(lane);
    this.#posts.set(lane, { postId, atMs: this.#clock.now() });
  }

  #forgetOld(): void {
    const nowMs = this.#clock.now();
    for (const [lane, { atMs }] of this.#posts) {
      // One from the future was noted before the clock was set back, nobody knows how long.
      if (Math.abs(nowMs - atMs) < heldTogetherMs) break;
      this.#posts.delete(lane);
    }
  }
}
