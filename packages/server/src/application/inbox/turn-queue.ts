/**
 * Which lanes go first. `quiet`: little waits in it. `busy`: much waits in it, so it has had its share. `late`: what waits was
 * read again hours after it was sent, and is in no hurry.
 */
export type Urgency = "quiet" | "busy" | "late";

/** However much goes first, a lane that has waited this long is looked at. */
export const agedAfterMs = 60_000;
/** Those that waited so long get every fourth turn: after an overload that are all, and new ones must not wait behind them. */
const turnsPerAged = 4;

/** Lanes that wait for a turn: by urgency, and within one in the order in which they came. */
export class TurnQueue<Lane> {
  readonly #waiting: { readonly [Each in Urgency]: Map<Lane, number> } = {
    quiet: new Map(),
    busy: new Map(),
    late: new Map(),
  };
  #turns = 0;

  /** A lane that waits already keeps its place, unless it is more urgent now. */
  add(lane: Lane, urgency: Urgency, nowMs: number): void {
    const { quiet, busy, late } = this.#waiting;
    const isAsUrgent = quiet.has(lane) || (urgency !== "quiet" && busy.has(lane));
    if (isAsUrgent || (urgency === "late" && late.has(lane))) return;
    this.remove(lane);
    this.#waiting[urgency].set(lane, nowMs);
  }

  remove(lane: Lane): void {
    for (const lanes of Object.values(this.#waiting)) lanes.delete(lane);
  }

  /** Takes the lane whose turn it is; those that are late only where there is room for them. */
  next(nowMs: number, { hasRoomForLate }: { readonly hasRoomForLate: boolean }): Lane | undefined {
    const { quiet, busy, late } = this.#waiting;
    const others = hasRoomForLate ? [busy, late] : [busy];
    this.#turns += 1;
    const aged = others.find((lanes) => isAged(lanes, nowMs));
    const isTurnOfAged = aged !== undefined && this.#turns % turnsPerAged === 0;
    return takeFirst(isTurnOfAged ? [aged] : [quiet, ...others]);
  }
}

function isAged(lanes: ReadonlyMap<unknown, number>, nowMs: number): boolean {
  const [sinceMs] = lanes.values();
  return sinceMs !== undefined && nowMs - sinceMs > agedAfterMs;
}

function takeFirst<Lane>(from: readonly Map<Lane, number>[]): Lane | undefined {
  for (const lanes of from) {
    for (const lane of lanes.keys()) {
      lanes.delete(lane);
      return lane;
    }
  }
  return undefined;
}
