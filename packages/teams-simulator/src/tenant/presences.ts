import type { Announcements, TenantEvent } from "./events.ts";
import type { Presence, PresenceChange } from "./presence.ts";

const initial: Presence = {
  availability: "Offline",
  activity: "Offline",
  outOfOffice: { isOutOfOffice: false, message: null },
  sequence: 0,
};

/** Everyone's presence; a person without one is Offline, as Teams shows someone who never signed in. */
export class Presences {
  readonly #byUser = new Map<string, Presence>();
  readonly #events: Announcements<TenantEvent>;
  #sequence = 0;

  constructor(events: Announcements<TenantEvent>) {
    this.#events = events;
  }

  of(userId: string): Presence {
    return this.#byUser.get(userId) ?? initial;
  }

  set(userId: string, change: PresenceChange): Presence {
    this.#sequence += 1;
    const presence: Presence = {
      availability: change.availability,
      activity: change.activity ?? change.availability,
      outOfOffice: {
        isOutOfOffice: change.isOutOfOffice ?? false,
        message: change.outOfOfficeMessage ?? null,
      },
      sequence: this.#sequence,
    };
    this.#byUser.set(userId, presence);
    this.#events.announce({ kind: "presenceChanged", userId, presence });
    return presence;
  }
}
