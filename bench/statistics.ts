/** The value below which `share` (0 to 1) of the values lie, by the nearest rank. Throws when there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new RangeError("Nothing was measured.");
  return found;
}

/** The middle value, not moved by a reading that something else on the machine disturbed. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The median of the ratios of readings taken one right after the other: what slows both is left out. */
export function pairedRatio(values: readonly number[], yardstick: readonly number[]): number {
  if (values.length !== yardstick.length) throw new RangeError("Readings without their counterpart.");
  return median(values.map((value, at) => value / (yardstick[at] ?? Number.NaN)));
}
