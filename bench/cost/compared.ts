import type { Readings } from "../readings.ts";
import type { Row } from "../row.ts";
import { median, pairedRatio } from "../statistics.ts";

/** What stands in readings for today's plugin and for the one before. */
export const ours = "ours";
export const before = "before";

type Format = (value: number) => string;

/** Wording of a figure and of what it is held against. */
export interface Figure {
  /** As in the readings. */
  readonly what: string;
  readonly measure: string;
  readonly format: Format;
}

/** The median of ours, beside that of before where there is one, held against a limit. */
export function limited(
  readings: Readings,
  { what, measure, format }: Figure,
  limit: { readonly atMost: number; readonly tolerance?: number },
): Row {
  const result = median(readings.of(what, ours));
  return {
    measure,
    result: format(result),
    ...beforeIn(readings, what, format),
    target: `≤ ${format(limit.atMost)}`,
    met: result <= limit.atMost + (limit.tolerance ?? 0),
  };
}

/** The median of ours and its ratio to before, by pairs that were measured one right after the other. */
export function relative(
  readings: Readings,
  { what, measure, format }: Figure,
  limit: { readonly atMost: number } | { readonly atLeast: number },
): Row {
  const own = readings.of(what, ours);
  const others = readings.of(what, before);
  const plain = { measure, result: format(median(own)) };
  if (others.length === 0) return plain;
  const ratio = pairedRatio(own, others);
  return {
    ...plain,
    result: `${plain.result} (${ratio.toFixed(2)} ×)`,
    ...beforeIn(readings, what, format),
    ...("atMost" in limit
      ? { target: `≤ ${limit.atMost.toFixed(2)} ×`, met: ratio <= limit.atMost }
      : { target: `≥ ${limit.atLeast.toFixed(2)} ×`, met: ratio >= limit.atLeast }),
  };
}

/** A figure that nothing is asked of. */
export function told(readings: Readings, { what, measure, format }: Figure): Row {
  return {
    measure,
    result: format(median(readings.of(what, ours))),
    ...beforeIn(readings, what, format),
  };
}

function beforeIn(readings: Readings, what: string, format: Format): Pick<Row, "before"> {
  const others = readings.of(what, before);
  return others.length === 0 ? {} : { before: format(median(others)) };
}
