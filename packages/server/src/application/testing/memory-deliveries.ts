import type { Clock } from "../clock.ts";
import type {
  DeliveryKey,
  DeliveryLog,
  DeliveryRecord,
  DeliveryTimes,
  Outcome,
} from "../deliveries/delivery-log.ts";

export class MemoryDeliveries implements DeliveryLog {
  readonly all = new Map<string, DeliveryRecord>();
  /** People who are not connected any more. */
  readonly departed = new Set<string>();
  readonly #clock: Clock;
  constructor(clock: Clock) {
    this.#clock = clock;
  }
  async find(key: DeliveryKey): Promise<DeliveryRecord | undefined> {
    return this.all.get(deliveryName(key));
  }
  async intend(
    key: DeliveryKey,
    channelId: string,
    times: DeliveryTimes,
  ): Promise<"first" | "departed" | DeliveryRecord> {
    if (this.departed.has(key.userId)) return "departed";
    const known = this.all.get(deliveryName(key));
    if (known !== undefined) return known;
    const record = {
      ...key,
      outcome: { kind: "posting" as const },
      channelId,
      intendedAtMs: this.#clock.now(),
      changedAtMs: undefined,
      times,
    };
    this.all.set(deliveryName(key), record);
    return "first";
  }
  async setUnderWay(key: DeliveryKey, channelId: string): Promise<void> {
    this.#setPosting(key, { channelId, intendedAtMs: this.#clock.now() });
  }
  async setEnded(key: DeliveryKey): Promise<void> {
    this.#setPosting(key, { intendedAtMs: undefined });
  }
  #setPosting(key: DeliveryKey, change: Partial<Pick<DeliveryRecord, "channelId" | "intendedAtMs">>): void {
    const known = this.all.get(deliveryName(key));
    if (known === undefined || known.outcome.kind === "delivered") return;
    this.all.set(deliveryName(key), { ...known, outcome: { kind: "posting" }, ...change });
  }
  async finish(key: DeliveryKey, outcome: Outcome, times: DeliveryTimes): Promise<void> {
    const known = this.all.get(deliveryName(key));
    if (known?.outcome.kind === "delivered") return;
    this.all.set(deliveryName(key), {
      ...key,
      outcome,
      channelId: known?.channelId,
      intendedAtMs: undefined,
      changedAtMs: known?.changedAtMs,
      times,
    });
  }
  async noteChange(key: DeliveryKey, changedAtMs: number, times: DeliveryTimes): Promise<void> {
    const known = this.all.get(deliveryName(key)) ?? {
      ...key,
      outcome: { kind: "awaited" as const },
      channelId: undefined,
      intendedAtMs: undefined,
      changedAtMs: 0,
      times,
    };
    const latest = Math.max(changedAtMs, known.changedAtMs ?? 0);
    this.all.set(deliveryName(key), { ...known, changedAtMs: latest });
  }
  async ofPerson(userId: string, limit: number, without: readonly string[]) {
    return [...this.all.values()]
      .filter((record) => record.userId === userId && record.outcome.kind !== "awaited")
      .filter(({ outcome }) => outcome.kind !== "suppressed" || !without.includes(outcome.reason))
      .slice(-limit)
      .reverse();
  }
  async recent(limit: number): Promise<readonly DeliveryRecord[]> {
    return [...this.all.values()].slice(-limit).reverse();
  }
  /** Who was brought what, in words: `ann delivered`. */
  outcomes(): readonly string[] {
    return [...this.all.values()].map(({ userId, outcome }) =>
      outcome.kind === "suppressed" || outcome.kind === "held" || outcome.kind === "dead"
        ? `${userId} ${outcome.kind}: ${outcome.reason}`
        : `${userId} ${outcome.kind}`,
    );
  }
}

function deliveryName(key: DeliveryKey): string {
  return `${key.chatId} ${key.messageId} ${key.userId}`;
}
