/** Values by what was measured and on which plugin, each list in the order of its rounds. */
export class Readings {
  readonly #values = new Map<string, number[]>();

  /** Reads the lines of interop/bench/measure: `{"what": …, "plugin": …, "value": …}`. Throws at any other line. */
  static parse(lines: string): Readings {
    const readings = new Readings();
    for (const line of lines.split("\n")) if (line !== "") readings.#read(line);
    return readings;
  }

  add(what: string, plugin: string, value: number): void {
    const key = `${what} ${plugin}`;
    const values = this.#values.get(key) ?? [];
    values.push(value);
    this.#values.set(key, values);
  }

  of(what: string, plugin: string): readonly number[] {
    return this.#values.get(`${what} ${plugin}`) ?? [];
  }

  #read(line: string): void {
    const reading: unknown = JSON.parse(line);
    if (!isReading(reading)) throw new TypeError(`Not a reading: ${line}`);
    this.add(reading.what, reading.plugin, reading.value);
  }
}

function isReading(
  value: unknown,
): value is { readonly what: string; readonly plugin: string; readonly value: number } {
  return (
    typeof value === "object" &&
    value !== null &&
    "what" in value &&
    typeof value.what === "string" &&
    "plugin" in value &&
    typeof value.plugin === "string" &&
    "value" in value &&
    typeof value.value === "number"
  );
}
