import Counter from "prom-client/lib/counter.js";
import Gauge from "prom-client/lib/gauge.js";
import Histogram from "prom-client/lib/histogram.js";
import Registry from "prom-client/lib/registry.js";
import type { Backlog } from "../../application/integration.ts";
import type { CounterLabels, HistogramLabels, Metrics } from "../../application/metrics.ts";

const prefix = "msteams_notifications_";

const counters: {
  readonly [Name in keyof CounterLabels]: readonly [help: string, labels: readonly string[]];
} = {
  notifications_received: ["Change notifications received from Microsoft Graph", ["result"]],
  notifications_dropped: ["Change notifications that could never bring anybody anything", ["reason"]],
  lifecycle_received: ["Lifecycle notifications received from Microsoft Graph", ["event"]],
  deliveries: ["How messages ended for their recipients", ["outcome", "reason"]],
  changes: ["What edits, deletions and reactions meant for the posts of their readers", ["result"]],
  retries: ["Work put off after a failure", ["code"]],
  presence_unreachable: ["Messages delivered because presence could not be asked", []],
  messages_caught_up: ["Messages read at Microsoft Graph because their notification never came", []],
  copies: ["Pictures and files of messages, copied or why not", ["result"]],
  subscription_changes: ["Subscriptions created, renewed and removed", ["change", "result"]],
};

const histograms: { readonly [Name in keyof HistogramLabels]: string } = {
  delivery_ms: "From a notification's arrival until its post exists",
  graph_delay_ms: "From sending in Teams until the notification's arrival",
  queue_ms: "From storing a notification until its work began",
  presence_ms: "Duration of presence requests",
};

const gauges: { readonly [Name in keyof Backlog]: readonly [name: string, help: string] } = {
  pending: ["inbox_pending", "Notifications that wait to be worked on, in the whole cluster"],
  held: ["inbox_held", "Messages that are held until a time their reader chose, in the whole cluster"],
  dead: ["inbox_dead", "Notifications that were given up and can be put back, in the whole cluster"],
};

/** From a request within one data centre to Graph's slowest delivery of a notification (an hour). */
const bucketsMs = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000, 60_000, 3_600_000];

/** The plugin's metrics in Prometheus' text format, for Mattermost's metrics listener. */
export class PrometheusMetrics implements Metrics {
  readonly #registry = new Registry();
  readonly #counters: ReadonlyMap<string, Counter>;
  readonly #histograms: ReadonlyMap<string, Histogram>;
  readonly #gauges: { readonly [Name in keyof Backlog]: Gauge };
  readonly #backlog: () => Promise<Backlog | undefined>;

  /** `backlog` is asked when the metrics are; undefined, or a failure, leaves the gauges without a value. */
  constructor(backlog: () => Promise<Backlog | undefined>) {
    this.#backlog = backlog;
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
    const gauge = ([name, help]: readonly [string, string]) =>
      new Gauge({ name: `${prefix}${name}`, help, registers });
    this.#gauges = { pending: gauge(gauges.pending), held: gauge(gauges.held), dead: gauge(gauges.dead) };
  }

  async #measure(): Promise<void> {
    const backlog = await this.#backlog().catch(() => undefined);
    this.#gauges.pending.set(backlog?.pending ?? Number.NaN);
    this.#gauges.held.set(backlog?.held ?? Number.NaN);
    this.#gauges.dead.set(backlog?.dead ?? Number.NaN);
  }

  count<Name extends keyof CounterLabels>(name: Name, labels: CounterLabels[Name], by = 1): void {
    this.#counters.get(name)?.inc({ ...labels }, by);
  }

  observe<Name extends keyof HistogramLabels>(name: Name, valueMs: number): void {
    this.#histograms.get(name)?.observe(valueMs);
  }

  /** The answer to the metrics listener's GET. */
  async response(): Promise<Response> {
    await this.#measure();
    return new Response(await this.#registry.metrics(), {
      headers: { "content-type": this.#registry.contentType },
    });
  }
}
