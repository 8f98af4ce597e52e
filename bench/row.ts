/** One line of the table. Texts hold their units. */
export interface Row {
  readonly measure: string;
  readonly result: string;
  /** The same of the minimal Go plugin. */
  readonly goPlugin?: string;
  /** The same of the product as it was before its cost for each message was looked at. */
  readonly before?: string;
  readonly target?: string;
  readonly met?: boolean;
}

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A count or a rate: above 100 its fraction says nothing. */
export function count(value: number): string {
  return grouped.format(value);
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

/** `ms` in seconds. */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

export function kilobytes(bytes: number): string {
  return `${(bytes / 1e3).toFixed(1)} kB`;
}
