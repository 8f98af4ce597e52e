/** Availability values of the Graph presence resource, as examples and practice spell them. */
export const availabilities = [
  "Available",
  "AvailableIdle",
  "Away",
  "BeRightBack",
  "Busy",
  "BusyIdle",
  "DoNotDisturb",
  "Offline",
  "PresenceUnknown",
] as const;

/** Activity values of the Graph presence resource. */
export const activities = [
  ...availabilities,
  "AvailableInactive",
  "Focusing",
  "InACall",
  "InAConferenceCall",
  "InAMeeting",
  "Inactive",
  "OffWork",
  "OutOfOffice",
  "Presenting",
  "UrgentInterruptionsOnly",
] as const;

/** A person's presence; the strings are open because Graph's documentation disagrees with itself on the set. */
export interface Presence {
  readonly availability: string;
  readonly activity: string;
  readonly outOfOffice: { readonly isOutOfOffice: boolean; readonly message: string | null };
  /** Grows with each change; Graph's sortable `sequenceNumber`. */
  readonly sequence: number;
}

export type PresenceChange = {
  readonly availability: string;
  readonly activity?: string;
  readonly isOutOfOffice?: boolean;
  readonly outOfOfficeMessage?: string;
};
