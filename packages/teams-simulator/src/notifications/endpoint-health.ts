/** How Graph treats an endpoint: `slow` delays new notifications, `drop` discards them (section 3). */
export type EndpointState = "normal" | "slow" | "drop";

// Figures of the delivery contract of 2026-04-22 (section 3).
const windowMs = 600_000;
const slowResponseMs = 3_000;
const slowShare = 0.1;
const veryLateResponseMs = 10_000;
const dropShare = 0.15;
// The documentation names shares without a least number; below this one a single hiccup would decide.
const judgedFrom = 10;

/** How long notifications wait in the slow state, and how long the drop state discards before a probe. */
export const penaltyMs = 600_000;

/** Watches how quickly one endpoint answers, over a sliding window of ten minutes. */
export class EndpointHealth {
  #responses: { readonly at: number; readonly elapsedMs: number }[] = [];
  #dropUntil = 0;

  record(at: number, elapsedMs: number): void {
    this.#responses.push({ at, elapsedMs });
    this.#responses = this.#responses.filter((response) => response.at > at - windowMs);
    if (this.#share(at, veryLateResponseMs) > dropShare) {
      this.#dropUntil = at + penaltyMs;
      // The probe after the pause is judged afresh.
      this.#responses = [];
    }
  }

  state(now: number): EndpointState {
    if (now < this.#dropUntil) return "drop";
    return this.#share(now, slowResponseMs) > slowShare ? "slow" : "normal";
  }

  #share(now: number, beyondMs: number): number {
    const recent = this.#responses.filter((response) => response.at > now - windowMs);
    if (recent.length < judgedFrom) return 0;
    return recent.filter((response) => response.elapsedMs >= beyondMs).length / recent.length;
  }
}
