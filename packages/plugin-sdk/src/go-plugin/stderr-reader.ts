import { type HclogEntry, type LogLevel, parseHclog } from "./hclog.ts";

/** go-plugin reads stderr through a buffer of this size; a longer line comes in parts. */
export const maxLineBytes = 64 * 1024;

const prefixes: readonly [string, LogLevel][] = [
  ["[TRACE]", "trace"],
  ["[DEBUG]", "debug"],
  ["[INFO]", "info"],
  ["[WARN]", "warn"],
  ["[ERROR]", "error"],
];

/**
 * Turns a plugin's stderr into log entries as go-plugin's client does: hclog's JSON, level prefixes, everything after the
 * start of a Go panic as error, all else as debug.
 */
export class StderrReader {
  readonly #log: (entry: HclogEntry) => void;
  readonly #decoder = new TextDecoder();
  #rest = "";
  #panicking = false;

  constructor(log: (entry: HclogEntry) => void) {
    this.#log = log;
  }

  push(chunk: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#line(line);
    if (this.#rest.length >= maxLineBytes) this.end();
  }

  /** What is left without a line end is a line too. */
  end(): void {
    const rest = this.#rest;
    this.#rest = "";
    if (rest !== "") this.#line(rest);
  }

  #line(text: string): void {
    const line = text.trimEnd();
    if (line === "") return;
    if (line.startsWith("panic: ") || line.startsWith("fatal error: ")) this.#panicking = true;
    this.#log(this.#panicking ? { level: "error", message: line, fields: {} } : this.#entry(line));
  }

  #entry(line: string): HclogEntry {
    const entry = parseHclog(line);
    if (entry !== undefined) return entry;
    for (const [prefix, level] of prefixes) {
      if (line.startsWith(prefix)) return { level, message: line.slice(prefix.length).trim(), fields: {} };
    }
    return { level: "debug", message: line, fields: {} };
  }
}
