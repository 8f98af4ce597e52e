import type { DueReader, TimeWindow } from "./catch-up-ports.ts";

const minuteMs = 60_000;

/**
 * Nobody needs to be told here what was said longer ago than a day, and an outage of a week must not become a flood.
 * Kept below the time for which the inbox remembers what came, so that nothing read again is new to it.
 */
export const longestWindowMs = 24 * 60 * minuteMs;

/** Clocks of ours and of Microsoft's may differ by so much, as its own libraries allow. */
export const clockSkewMs = 5 * minuteMs;

/**
 * Each reading begins this long before the end of the last: Graph may list a message some time after it stamped it, and its
 * clock may be behind ours.
 */
export const overlapMs = 2 * clockSkewMs;

/**
 * What has to be read now for one person: since the last reading or the start of a gap, a day at most, and up to what a
 * clock of Microsoft's ahead of ours has stamped just now.
 */
export function readingWindow(reader: Omit<DueReader, "wishes">, nowMs: number): TimeWindow {
  const { readUntilMs, wantedSinceMs = readUntilMs } = reader;
  // A time to come is one that a clock set back has left behind.
  const behindMs = Math.min(readUntilMs, wantedSinceMs, nowMs) - overlapMs;
  const fromMs = Math.max(behindMs, earliestMs(reader, nowMs));
  return { fromMs: Math.min(fromMs, nowMs), untilMs: nowMs + clockSkewMs };
}

/** What was sent earlier is never brought: too old, from before the person connected or while notifications were off. */
export function earliestMs(
  { connection, notificationsOnSinceMs = 0 }: Omit<DueReader, "wishes">,
  nowMs: number,
): number {
  return Math.max(connection.connectedAtMs, notificationsOnSinceMs, nowMs - longestWindowMs);
}
