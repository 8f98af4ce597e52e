/** Values by what was measured and on which plugin, each list in the order of its rounds. */
export class Readings {
  readonly #values = new Map<string, number[]>();

  /** Reads the lines of interop/bench/measure: `{"what": …, "plugin": …, "value": …}`. Throws at any other line. */
  static parse(lines: string): Readings {
    const readings = new Readings();
    for (const line of lines.split("\n")) if (line !== "") readings.#add(line);
    return readings;
  }

  of(what: string, plugin: string): readonly number[] {
    return this.#values.get(`${what} ${plugin}`) ?? [];
  }

  #add(line: string): void {
    const reading: unknown = JSON.parse(line);
    if (!isReading(reading)) throw new TypeError(`Not a reading: ${line}`);
    const key = `${reading.what} ${reading.plugin}`;
    const values = this.#values.get(key) ?? [];
    values.push(reading.value);
    this.#values.set(key, values);
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
