import type { CopyFailure } from "../domain/copying/copy-failure.ts";

/** What is counted. Labels have few values, never ids. */
export interface CounterLabels {
  readonly notifications_received: { readonly result: "stored" | "repeated" | ReceiveRefusal };
  /** Not stored, because nobody could ever be brought what they hold. */
  readonly notifications_dropped: { readonly reason: string };
  readonly lifecycle_received: { readonly event: string };
  readonly deliveries: {
    readonly outcome: "delivered" | "suppressed" | "held" | "dead";
    readonly reason: string;
  };
  /** Edits, deletions and reactions, by what became of them for each person. */
  readonly changes: { readonly result: string };
  readonly retries: { readonly code: string };
  readonly presence_unreachable: Readonly<Record<string, never>>;
  /** Read at Microsoft because their notification never came. */
  readonly messages_caught_up: Readonly<Record<string, never>>;
  /** Pictures and files of messages: `copied`, or why not. */
  readonly copies: { readonly result: "copied" | CopyFailure };
  readonly subscription_changes: { readonly change: string; readonly result: "ok" | "failed" };
}

/** Why a notification was not stored. */
export type ReceiveRefusal =
  | "malformed"
  | "unknown-subscription"
  | "wrong-client-state"
  | "validation-token-missing"
  | "validation-token-rejected"
  | "unsupported-resource"
  /** The inbox is full; Graph repeats it. */
  | "overloaded";

/** What is timed, in milliseconds. */
export interface HistogramLabels {
  /** Received by us until the post exists. */
  readonly delivery_ms: Readonly<Record<string, never>>;
  /** Sent in Teams until received by us. */
  readonly graph_delay_ms: Readonly<Record<string, never>>;
  /** Stored until its work began. */
  readonly queue_ms: Readonly<Record<string, never>>;
  readonly presence_ms: Readonly<Record<string, never>>;
}

/** Counters and histograms; an adapter gives them the form that the administrator's monitoring reads. Never throws. */
export interface Metrics {
  count<Name extends keyof CounterLabels>(name: Name, labels: CounterLabels[Name], by?: number): void;
  observe<Name extends keyof HistogramLabels>(
    name: Name,
    valueMs: number,
    labels: HistogramLabels[Name],
  ): void;
}

export const noMetrics: Metrics = { count() {}, observe() {} };
