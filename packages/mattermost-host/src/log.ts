import type { Clock } from "./clock.ts";

export type LogLevel = "debug" | "info" | "warn" | "error";

/** One line of the server's log; what a plugin logs carries `plugin_id` among its fields. */
export interface LogRecord {
  readonly at: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Records kept for reading back; older ones fall out so that a long run stays bounded. */
const keptRecords = 10_000;

/** The server's log: kept in memory, readable afterwards, observable as it is written. */
export class ServerLog {
  readonly #clock: Clock;
  readonly #listeners = new Set<(record: LogRecord) => void>();
  #records: LogRecord[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  write(level: LogLevel, message: string, fields: Readonly<Record<string, string>> = {}): void {
    const record = { at: this.#clock.now(), level, message, fields };
    this.#records.push(record);
    if (this.#records.length > 2 * keptRecords) this.#records = this.#records.slice(-keptRecords);
    for (const listener of this.#listeners) listener(record);
  }

  get records(): readonly LogRecord[] {
    return this.#records;
  }

  observe(listener: (record: LogRecord) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }
}
