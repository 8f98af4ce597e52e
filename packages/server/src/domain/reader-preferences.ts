import { type Choices, defaultChoices } from "./choices.ts";
import type { Mute } from "./mute.ts";
import type { QuietHours } from "./quiet-hours.ts";

/** How one person wants to be told of Teams messages. */
export interface ReaderPreferences extends Choices {
  /** Also some that are over. */
  readonly mutes: readonly Mute[];
  /** Nothing is to arrive until then; milliseconds since 1970 UTC. It may be over. */
  readonly snoozedUntilMs?: number | undefined;
  /** Nothing is to arrive in these, in the person's time zone. */
  readonly quietHours: readonly QuietHours[];
}

/** Of whoever never chose. */
export const defaultPreferences: ReaderPreferences = { ...defaultChoices, mutes: [], quietHours: [] };

/** Of someone who wants whatever there is. */
export const mostWelcoming: ReaderPreferences = {
  ...defaultPreferences,
  notifications: "on",
  when: "always",
  grace: "off",
  direct: "all",
  groups: "all",
  meetings: "all",
  bots: "on",
  mutes: [],
  quietHours: [],
};
