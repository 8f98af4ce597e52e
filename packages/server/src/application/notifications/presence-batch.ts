import type { Presence } from "../../domain/presence.ts";
import type { Clock } from "../clock.ts";
import { GraphError } from "../graph/graph-error.ts";
import { maxIdsPerPresenceRequest, type PresenceSource } from "../graph/presence-source.ts";
import type { Metrics } from "../metrics.ts";
import { pause, type Timers } from "../timers.ts";

/** Requests within this time share one call; short against Graph's own answer of some 80 ms. */
export const coalesceMs = 3;
/** Teams' own clients show presence minutes late; within this time an answer counts as asked for now. */
export const maxPresenceAgeMs = 2_000;
/** Pauses before the second and third attempt. A message waits for them, so they are few and short. */
const retryPausesMs: readonly number[] = [100, 400];
/** What a message waits for presence altogether. Beyond it the message is delivered: one too many beats one lost. */
export const presenceDeadlineMs = 3_000;

export type KnownPresence = Presence | "missing" | "unreachable";

export interface PresenceBatchParts {
  readonly source: PresenceSource;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly metrics: Metrics;
}

interface Answer {
  readonly askedAtMs: number;
  readonly presence: Promise<KnownPresence>;
}

/** Asks Graph for presence at the moment of decision, many people in one request, never with an answer older than two seconds. */
export class PresenceBatch {
  readonly #parts: PresenceBatchParts;
  readonly #answers = new Map<string, Answer>();
  #gathering:
    | { readonly ids: string[]; readonly result: Promise<ReadonlyMap<string, Presence> | "unreachable"> }
    | undefined;

  constructor(parts: PresenceBatchParts) {
    this.#parts = parts;
  }

  /** `"missing"` when Graph leaves the person out, `"unreachable"` when it does not answer in time. Never rejects. */
  presenceOf(teamsUserId: string): Promise<KnownPresence> {
    const nowMs = this.#parts.clock.now();
    const known = this.#answers.get(teamsUserId);
    if (known !== undefined && isFresh(known, nowMs)) return known.presence;
    const presence = this.#ask(teamsUserId);
    const answer = { askedAtMs: nowMs, presence };
    // Deleted first, so that the map stays in the order of asking.
    this.#answers.delete(teamsUserId);
    this.#answers.set(teamsUserId, answer);
    void presence.then((value) => {
      // A failure is not worth keeping: the next message asks again.
      if (value === "unreachable" && this.#answers.get(teamsUserId) === answer)
        this.#answers.delete(teamsUserId);
    });
    return presence;
  }

  #ask(teamsUserId: string): Promise<KnownPresence> {
    const batch = this.#gathering ?? this.#gather();
    batch.ids.push(teamsUserId);
    if (batch.ids.length === maxIdsPerPresenceRequest) this.#gathering = undefined;
    return batch.result.then((found) =>
      found === "unreachable" ? found : (found.get(teamsUserId) ?? "missing"),
    );
  }

  #gather() {
    const ids: string[] = [];
    const result = pause(this.#parts.timers, coalesceMs).then(() => {
      if (this.#gathering === batch) this.#gathering = undefined;
      this.#forgetOld();
      return this.#request(ids);
    });
    const batch = { ids, result };
    this.#gathering = batch;
    return batch;
  }

  async #request(ids: readonly string[]): Promise<ReadonlyMap<string, Presence> | "unreachable"> {
    const { clock, metrics, timers } = this.#parts;
    const startedMs = clock.now();
    const late = Promise.withResolvers<"unreachable">();
    using _deadline = timers.after(presenceDeadlineMs, () => late.resolve("unreachable"));
    const found = await Promise.race([this.#attempt(ids, startedMs), late.promise]);
    metrics.observe("presence_ms", clock.now() - startedMs, {});
    if (found === "unreachable") metrics.count("presence_unreachable", {}, ids.length);
    return found;
  }

  async #attempt(
    ids: readonly string[],
    startedMs: number,
  ): Promise<ReadonlyMap<string, Presence> | "unreachable"> {
    const { source, clock, timers } = this.#parts;
    for (const pauseMs of [...retryPausesMs, undefined]) {
      try {
        return await source.presencesOf(ids);
      } catch (error) {
        const waitMs = pauseMs === undefined ? undefined : waitBeforeRetry(error, pauseMs);
        if (waitMs === undefined || clock.now() - startedMs + waitMs >= presenceDeadlineMs) break;
        await pause(timers, waitMs);
      }
    }
    return "unreachable";
  }

  #forgetOld(): void {
    const nowMs = this.#parts.clock.now();
    for (const [id, answer] of this.#answers) {
      if (isFresh(answer, nowMs)) break;
      this.#answers.delete(id);
    }
  }
}

/** An answer from the future came before the clock was set back, nobody knows how long. */
function isFresh({ askedAtMs }: Pick<Answer, "askedAtMs">, nowMs: number): boolean {
  return Math.abs(nowMs - askedAtMs) < maxPresenceAgeMs;
}

/** How long to wait before asking again, `undefined` when that is of no use. Graph's own wish is never undercut. */
function waitBeforeRetry(error: unknown, pauseMs: number): number | undefined {
  if (!(error instanceof GraphError)) return undefined;
  switch (error.code) {
    case "throttled":
    case "unavailable":
    case "unreachable":
      return Math.max(pauseMs, error.retryAfterMs ?? 0);
    default:
      return undefined;
  }
}
