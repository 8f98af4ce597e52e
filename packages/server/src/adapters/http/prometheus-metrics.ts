import { Counter, Histogram, Registry } from "prom-client";
import type { CounterLabels, HistogramLabels, Metrics } from "../../application/metrics.ts";

const prefix = "msteams_notifications_";

const counters: {
  readonly [Name in keyof CounterLabels]: readonly [help: string, labels: readonly string[]];
} = {
  notifications_received: ["Change notifications received from Microsoft Graph", ["result"]],
  lifecycle_received: ["Lifecycle notifications received from Microsoft Graph", ["event"]],
  deliveries: ["How messages ended for their recipients", ["outcome", "reason"]],
  retries: ["Work put off after a failure", ["code"]],
  presence_unreachable: ["Messages delivered because presence could not be asked", []],
  subscription_changes: ["Subscriptions created, renewed and removed", ["change", "result"]],
};

const histograms: { readonly [Name in keyof HistogramLabels]: string } = {
  delivery_ms: "From a notification's arrival until its post exists",
  graph_delay_ms: "From sending in Teams until the notification's arrival",
  queue_ms: "From storing a notification until its work began",
  presence_ms: "Duration of presence requests",
};

/** From a request within one data centre to Graph's slowest delivery of a notification (an hour). */
const bucketsMs = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000, 60_000, 3_600_000];

/** The plugin's metrics in Prometheus' text format, for Mattermost's metrics listener. */
export class PrometheusMetrics implements Metrics {
  readonly #registry = new Registry();
  readonly #counters: ReadonlyMap<string, Counter>;
  readonly #histograms: ReadonlyMap<string, Histogram>;

  constructor() {
    const registers = [this.#registry];
    this.#counters = new Map(
      Object.entries(counters).map(([name, [help, labelNames]]) => [
        name,
        new Counter({ name: `${prefix}${name}_total`, help, labelNames: [...labelNames], registers }),
      ]),
    );
    this.#histograms = new Map(
      Object.entries(histograms).map(([name, help]) => [
        name,
        new Histogram({
          name: `${prefix}${name}`,
          help: `${help}, milliseconds`,
          buckets: bucketsMs,
          registers,
        }),
      ]),
    );
  }

  count<Name extends keyof CounterLabels>(name: Name, labels: CounterLabels[Name], by = 1): void {
    this.#counters.get(name)?.inc({ ...labels }, by);
  }

  observe<Name extends keyof HistogramLabels>(name: Name, valueMs: number): void {
    this.#histograms.get(name)?.observe(valueMs);
  }

  /** The answer to the metrics listener's GET. */
  async response(): Promise<Response> {
    return new Response(await this.#registry.metrics(), {
      headers: { "content-type": this.#registry.contentType },
    });
  }
}
