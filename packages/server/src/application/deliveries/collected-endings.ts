import type { DeliveryKey, DeliveryLog, DeliveryTimes, Ending, Outcome } from "./delivery-log.ts";

/**
 * The delivery log as the work on one entry sees it: what it ends is recorded with the end of the entry. Whoever must find it
 * recorded before that settles it.
 */
export class CollectedEndings implements DeliveryLog {
  readonly #log: DeliveryLog;
  readonly #record: (ending: Ending) => void;
  #unsettled: Ending[] = [];

  constructor(log: DeliveryLog, record: (ending: Ending) => void) {
    this.#log = log;
    this.#record = record;
  }

  async finish(key: DeliveryKey, outcome: Outcome, times: DeliveryTimes): Promise<void> {
    this.#unsettled.push({ key, outcome, times });
    this.#record({ key, outcome, times });
  }

  /** Records what was ended so far. Recorded again with the entry, it stays as it is. */
  async settle(): Promise<void> {
    const endings = this.#unsettled;
    this.#unsettled = [];
    for (const { key, outcome, times } of endings) await this.#log.finish(key, outcome, times);
  }

  find(key: DeliveryKey) {
    return this.#log.find(key);
  }
  intend(key: DeliveryKey, channelId: string, times: DeliveryTimes) {
    return this.#log.intend(key, channelId, times);
  }
  setUnderWay(key: DeliveryKey, channelId: string) {
    return this.#log.setUnderWay(key, channelId);
  }
  setEnded(key: DeliveryKey) {
    return this.#log.setEnded(key);
  }
  noteChange(key: DeliveryKey, changedAtMs: number, times: DeliveryTimes) {
    return this.#log.noteChange(key, changedAtMs, times);
  }
  ofPerson(userId: string, limit: number, without: readonly string[]) {
    return this.#log.ofPerson(userId, limit, without);
  }
  recent(limit: number) {
    return this.#log.recent(limit);
  }
}
