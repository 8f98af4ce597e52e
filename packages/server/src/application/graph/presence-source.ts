import type { Presence } from "../../domain/presence.ts";

/** `POST /communications/getPresencesByUserId`; at most {@link maxIdsPerPresenceRequest} ids. Ids Graph left out are absent. */
export interface PresenceSource {
  presencesOf(teamsUserIds: readonly string[]): Promise<ReadonlyMap<string, Presence>>;
}

/** Graph's limit for one getPresencesByUserId request (microsoft-graph facts, section 6). */
export const maxIdsPerPresenceRequest = 650;
