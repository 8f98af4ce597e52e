import { objectOf, textOf } from "./graph-json.ts";

/** Values of both the older pages and the page of December 2025, which moved some activities to availability. */
const availabilities = [
  "available",
  "availableIdle",
  "away",
  "beRightBack",
  "busy",
  "busyIdle",
  "doNotDisturb",
  "focusing",
  "inACall",
  "inAMeeting",
  "offline",
  "presenting",
] as const;

const activities = [
  ...availabilities,
  "availableInactive",
  "inAConferenceCall",
  "inactive",
  "offWork",
  "outOfOffice",
  "urgentInterruptionsOnly",
] as const;

/** `unknown`: Graph says so or uses a value of later date. `none`: Graph says nothing. */
export type Availability = (typeof availabilities)[number] | "unknown" | "none";
export type Activity = (typeof activities)[number] | "unknown" | "none";

/** What Teams shows of a person. */
export interface Presence {
  readonly availability: Availability;
  readonly activity: Activity;
  readonly outOfOffice: boolean;
}

const availabilityByText = new Map(availabilities.map((value) => [value.toLowerCase(), value]));
const activityByText = new Map(activities.map((value) => [value.toLowerCase(), value]));

/**
 * Reads a Graph presence (facts, section 6) from getPresencesByUserId, a GET or a decrypted notification. Casing differs
 * between Graph's pages and its answers and does not matter. Never throws: what cannot be read is unknown.
 */
export function parsePresence(json: unknown): Presence {
  const presence = objectOf(json) ?? {};
  const availability = textOf(presence.availability);
  const activity = textOf(presence.activity);
  const settings = objectOf(presence.outOfOfficeSettings) ?? {};
  return {
    availability: named(availabilityByText, availability),
    activity: named(activityByText, activity),
    outOfOffice: settings.isOutOfOffice === true || named(activityByText, activity) === "outOfOffice",
  };
}

function named<Value>(
  values: ReadonlyMap<string, Value>,
  text: string | undefined,
): Value | "unknown" | "none" {
  return text === undefined ? "none" : (values.get(text.toLowerCase()) ?? "unknown");
}
