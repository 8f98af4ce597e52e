import { holdOf, longestGraceMs } from "../../domain/hold.ts";
import { knownTimeZone } from "../../domain/until.ts";
import type { Clock } from "../clock.ts";
import type { MattermostUsers } from "../mattermost/mattermost-users.ts";
import type { PreferenceStore } from "../mattermost/preference-store.ts";
import type { ReconsiderHeld } from "./snooze.ts";

export interface NoticePorts {
  /** People for whom something is held until later than that. */
  readonly heldBeyond: (atMs: number) => Promise<readonly string[]>;
  readonly preferences: Pick<PreferenceStore, "of">;
  readonly users: Pick<MattermostUsers, "get">;
  readonly reconsiderHeld: ReconsiderHeld;
  readonly clock: Clock;
}

/**
 * Finds whoever ended a snooze, or changed their quiet hours, while nobody was there to hear of it, and lets what is held for them be decided about anew.
 * What is held for longer than any moment's grace waits for one of these. Throws what its ports throw.
 */
export async function noticeEndedSnoozes(ports: NoticePorts): Promise<void> {
  const { heldBeyond, preferences, users, reconsiderHeld, clock } = ports;
  for (const userId of await heldBeyond(clock.now() + longestGraceMs)) {
    const [chosen, user] = await Promise.all([preferences.of(userId), users.get(userId)]);
    const here = { nowMs: clock.now(), timeZone: knownTimeZone(user?.timeZone) };
    if (holdOf({ createdAtMs: 0 }, chosen, here) === undefined) await reconsiderHeld(userId);
  }
}
