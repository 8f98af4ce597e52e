import type { Presence } from "../../tenant/presence.ts";

/** A presence as Graph writes it (section 6). */
export function presenceResource(userId: string, presence: Presence): Readonly<Record<string, unknown>> {
  const { isOutOfOffice, message } = presence.outOfOffice;
  return {
    id: userId,
    availability: presence.availability,
    activity: presence.activity,
    statusMessage: null,
    workLocation: null,
    sequenceNumber: String(presence.sequence).padStart(12, "0"),
    outOfOfficeSettings: { message, isOutOfOffice },
  };
}
