import type { Clock } from "../clock.ts";
import type { Ending } from "../deliveries/delivery-log.ts";
import type { InboxTasks, InboxWork } from "./inbox.ts";
import type { InboxStore } from "./inbox-store.ts";

/** What became of an attempt: the entry has ended, or is tried again in that time. */
export type Attempted = { readonly kind: "ended" } | { readonly kind: "retry"; readonly inMs: number };

export interface AttemptParts {
  readonly store: Pick<InboxStore, "end" | "record" | "retry" | "giveUp">;
  readonly clock: Clock;
}

/** Works on an entry once and stores what became of it. Throws when the store cannot be asked. */
export async function attempt<Opened>(
  { store, clock }: AttemptParts,
  tasks: InboxTasks<Opened>,
  work: InboxWork<Opened>,
): Promise<Attempted> {
  const endings: Ending[] = [];
  try {
    await tasks.process(work, (ending) => endings.push(ending));
  } catch (error) {
    const decision = tasks.decideRetry(error, work);
    const decidedAtMs = clock.now();
    if (endings.length > 0) await store.record(endings);
    if (decision.kind === "retry") {
      const inMs = Math.max(0, decision.atMs - decidedAtMs);
      await store.retry(work.id, inMs, decision.code);
      return { kind: "retry", inMs };
    }
    await tasks.bury(work, decision.reason);
    await store.giveUp(work.id, decision.reason);
    return { kind: "ended" };
  }
  await store.end(work.id, endings);
  return { kind: "ended" };
}
