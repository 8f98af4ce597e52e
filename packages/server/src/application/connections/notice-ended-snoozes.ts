import type { Clock } from "../clock.ts";
import type { PreferenceStore } from "../mattermost/preference-store.ts";
import type { ReconsiderHeld } from "./snooze.ts";

export interface NoticePorts {
  /** People for whom something is held until later than that. */
  readonly heldBeyond: (atMs: number) => Promise<readonly string[]>;
  readonly preferences: Pick<PreferenceStore, "of">;
  readonly reconsiderHeld: ReconsiderHeld;
  readonly clock: Clock;
}

/** No moment's grace is longer: what is held beyond it waits for something that people can end early. */
const longestGraceMs = 10 * 60_000;

/**
 * Finds whoever ended a snooze while nobody was there to hear of it, and lets what is held for them be decided about anew.
 * Throws what its ports throw.
 */
export async function noticeEndedSnoozes(ports: NoticePorts): Promise<void> {
  const { heldBeyond, preferences, reconsiderHeld, clock } = ports;
  for (const userId of await heldBeyond(clock.now() + longestGraceMs)) {
    const { snoozedUntilMs = 0 } = await preferences.of(userId);
    if (snoozedUntilMs <= clock.now()) await reconsiderHeld(userId);
  }
}
