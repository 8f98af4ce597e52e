import type { Footprint } from "./footprint.ts";
import type { Verdict } from "./verdict.ts";

/** What was counted in one trial. */
export interface TrialResult extends Verdict {
  readonly footprint: Footprint;
  readonly seconds: number;
}

/** How a trial ended: with something that can be judged, or before it could be. */
export type Outcome =
  | { readonly kind: "measured"; readonly result: TrialResult }
  /** `reason` says what happened instead. */
  | { readonly kind: "undecided"; readonly reason: string };

export interface Concluded {
  readonly name: string;
  /** False where the tenant itself mixes the order. */
  readonly keepsOrder: boolean;
  readonly outcome: Outcome;
}

/** The last word on all trials: `isKept` only when each was measured and nothing was lost, repeated or out of place. */
export function conclusion(trials: readonly Concluded[]): {
  readonly isKept: boolean;
  readonly lines: readonly string[];
} {
  const broken = trials.filter(({ outcome, keepsOrder }) => {
    if (outcome.kind === "undecided") return false;
    const { lost, repeated, unexpected, stale, misplaced } = outcome.result;
    return lost + repeated + unexpected + stale > 0 || (keepsOrder && misplaced > 0);
  });
  const undecided = trials.flatMap(({ name, outcome }) =>
    outcome.kind === "undecided" ? [`No verdict on ${name}: ${outcome.reason}`] : [],
  );
  const isKept = trials.length > 0 && broken.length === 0 && undecided.length === 0;
  if (isKept) return { isKept, lines: ["The promise held."] };
  return {
    isKept,
    lines: [
      ...undecided,
      broken.length > 0
        ? `Broken: ${broken.map(({ name }) => name).join(", ")}.`
        : "Undecided: where there is a verdict, the promise held.",
    ],
  };
}
