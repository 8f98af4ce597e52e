import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";

export class RecordedLog implements Log {
  readonly lines: string[] = [];
  readonly #write = (message: string, fields?: Readonly<Record<string, unknown>>): void => {
    this.lines.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  readonly debug = this.#write;
  readonly info = this.#write;
  readonly warn = this.#write;
  readonly error = this.#write;
}

export class CountedMetrics implements Metrics {
  readonly counts = new Map<string, number>();
  readonly observed = new Map<string, number[]>();
  count(name: string, labels: Readonly<Record<string, string>>, by = 1): void {
    const key = [name, ...Object.values(labels)].join(" ");
    this.counts.set(key, (this.counts.get(key) ?? 0) + by);
  }
  observe(name: string, valueMs: number): void {
    this.observed.set(name, [...(this.observed.get(name) ?? []), valueMs]);
  }
}
