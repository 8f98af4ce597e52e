import type { Clock } from "../clock.ts";
import type { ChatThread, ChatThreads, ThreadKey } from "../notifications/thread-ports.ts";

export class MemoryThreads implements ChatThreads {
  readonly all = new Map<string, ChatThread>();
  readonly #clock: Clock;
  constructor(clock: Clock) {
    this.#clock = clock;
  }
  async find(key: ThreadKey): Promise<ChatThread | undefined> {
    return this.all.get(threadName(key));
  }
  async intend(key: ThreadKey, channelId: string): Promise<"first" | ChatThread> {
    const known = this.all.get(threadName(key));
    if (known !== undefined) return known;
    const nowMs = this.#clock.now();
    const thread = {
      generation: 1,
      rootPostId: undefined,
      channelId,
      createdAtMs: nowMs,
      intendedAtMs: nowMs,
    };
    this.all.set(threadName(key), thread);
    return "first";
  }
  async setUnderWay(key: ThreadKey, isUnderWay: boolean): Promise<void> {
    this.#change(key, { intendedAtMs: isUnderWay ? this.#clock.now() : undefined });
  }
  async finish(key: ThreadKey, rootPostId: string): Promise<void> {
    this.#change(key, { rootPostId, intendedAtMs: undefined });
  }
  async renew(key: ThreadKey, goneRootPostId: string): Promise<void> {
    const known = this.all.get(threadName(key));
    if (known?.rootPostId !== goneRootPostId) return;
    const fresh = { rootPostId: undefined, intendedAtMs: undefined, createdAtMs: this.#clock.now() };
    this.all.set(threadName(key), { ...known, ...fresh, generation: known.generation + 1 });
  }
  #change(key: ThreadKey, change: Partial<ChatThread>): void {
    const known = this.all.get(threadName(key));
    if (known !== undefined && known.rootPostId === undefined)
      this.all.set(threadName(key), { ...known, ...change });
  }
}

function threadName({ userId, chatId }: ThreadKey): string {
  return `${userId} ${chatId}`;
}
