import type { ChatMessage } from "./chat-message.ts";
import { quietUntil } from "./quiet-hours.ts";
import type { ReaderPreferences } from "./reader-preferences.ts";
import type { Here } from "./until.ts";

/** What a message waits for that would be delivered: a moment's grace (`held`), or the end of a snooze or of quiet hours. */
export type HoldReason = "held" | "snoozed" | "quiet-hours";

export interface Hold {
  readonly untilMs: number;
  readonly because: HoldReason;
}

const minuteMs = 60_000;

/** How long a message waits for its reader to see it in Teams. */
const graceMs: { readonly [Grace in ReaderPreferences["grace"]]: number } = {
  off: 0,
  "1m": minuteMs,
  "2m": 2 * minuteMs,
  "5m": 5 * minuteMs,
  "10m": 10 * minuteMs,
};

export const longestGraceMs = Math.max(...Object.values(graceMs));

/** What of a person's choices holds a message of theirs longest; undefined when nothing does. */
export function holdOf(
  { createdAtMs }: Pick<ChatMessage, "createdAtMs">,
  preferences: ReaderPreferences,
  here: Here,
): Hold | undefined {
  const holds: readonly Hold[] = [
    { untilMs: quietUntil(preferences.quietHours, here) ?? 0, because: "quiet-hours" },
    { untilMs: preferences.snoozedUntilMs ?? 0, because: "snoozed" },
    // From when it was sent, so that what came late does not wait once more.
    { untilMs: createdAtMs + graceMs[preferences.grace], because: "held" },
  ];
  const [longest] = holds
    .filter(({ untilMs }) => untilMs > here.nowMs)
    .toSorted((one, other) => other.untilMs - one.untilMs);
  return longest;
}
