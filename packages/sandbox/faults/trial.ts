import { footprintOf } from "./footprint.ts";
import type { Installation } from "./installation.ts";
import type { TrialResult } from "./outcome.ts";
import { Sending } from "./sending.ts";

/** How much of a trial is run: all of it, or what fits into the tests. */
export type Extent = "whole" | "short";

/** One way in which something fails, and what must hold all the same. */
export interface Trial {
  readonly name: string;
  /** What goes wrong, for the table. */
  readonly fault: Readonly<Record<Extent, string>>;
  /** False where the tenant itself mixes the order. */
  readonly keepsOrder: boolean;
  run(run: TrialRun): Promise<void>;
}

export interface TrialRun {
  readonly installation: Installation;
  readonly sending: Sending;
  readonly extent: Extent;
}

/** Retries are up to a minute apart when something was away for a while; beyond this nothing comes any more. */
const settleMs = { whole: 180_000, short: 60_000 } as const;

export async function runTrial(
  trial: Trial,
  installation: Installation,
  extent: Extent,
): Promise<TrialResult> {
  const startedAtMs = Date.now();
  using sending = new Sending(installation);
  await trial.run({ installation, sending, extent });
  const verdict = await sending.settled(settleMs[extent]);
  const seconds = Math.round((Date.now() - startedAtMs) / 1_000);
  return { ...verdict, footprint: await footprintOf(installation), seconds };
}

/** Resolves after `ms`: how long a fault lasts is part of the trial. */
export function lasting(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
