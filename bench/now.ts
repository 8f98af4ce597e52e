/** Milliseconds since 1970 with fractions: one clock for several processes of this machine. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
