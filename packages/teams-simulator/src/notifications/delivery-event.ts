import { Announcements } from "../tenant/events.ts";

/** Why notifications never reach a receiver. */
export type DiscardReason =
  | "lost"
  | "dropState"
  | "expired"
  | "unauthorized"
  | "retriesEnded"
  | "subscriptionGone";

/** One step of notifications on their way; `subjects` are resources or lifecycle events, times epoch milliseconds. */
export type DeliveryEvent = {
  readonly at: number;
  readonly url: string;
  readonly subjects: readonly string[];
} & (
  | { readonly kind: "attempted"; readonly deliveryId: string; readonly attempt: number }
  | {
      readonly kind: "delivered";
      readonly deliveryId: string;
      readonly attempt: number;
      readonly status: number;
      readonly elapsedMs: number;
    }
  | {
      readonly kind: "failed";
      readonly deliveryId: string;
      readonly attempt: number;
      readonly reason: "timeout" | "unreachable" | "status";
      readonly status: number | null;
      readonly elapsedMs: number;
      /** Null when no further attempt follows. */
      readonly retryAt: number | null;
    }
  | {
      readonly kind: "postponed";
      readonly reason: "slowState" | "delayed" | "reordered" | "unauthorized";
      readonly until: number | null;
    }
  | { readonly kind: "discarded"; readonly reason: DiscardReason }
);

// Enough to look back over a burst of thousands, small enough for memory.
const keptEvents = 20_000;

/** The deliveries seen: listen to them, or read the most recent 20,000 steps. */
export class Deliveries extends Announcements<DeliveryEvent> {
  #history: DeliveryEvent[] = [];

  get history(): readonly DeliveryEvent[] {
    return this.#history;
  }

  override announce(event: DeliveryEvent): void {
    this.#history.push(event);
    if (this.#history.length > keptEvents) this.#history = this.#history.slice(-keptEvents / 2);
    super.announce(event);
  }
}
