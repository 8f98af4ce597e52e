/** The largest file within a usual limit over a slow line; whatever takes longer is tried again from the start. */
export const readingTimeoutMs = 2 * 60_000;

/** Ends a reading when it takes too long, or with `stopping`. */
export function readingSignal(stopping: AbortSignal): AbortSignal {
  return AbortSignal.any([stopping, AbortSignal.timeout(readingTimeoutMs)]);
}
