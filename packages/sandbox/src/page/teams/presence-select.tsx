import type { TeamsPerson } from "./tenant-client.ts";

/** What Teams can show, with the values Graph gives for it. Focusing is spelled as on the one page that lists it. */
const choices: readonly (readonly [label: string, availability: string, activity: string])[] = [
  ["Available", "Available", "Available"],
  ["Available, idle", "Available", "AvailableInactive"],
  ["Available, out of office", "Available", "OutOfOffice"],
  ["Busy", "Busy", "Busy"],
  ["Busy, idle", "BusyIdle", "BusyIdle"],
  ["In a call", "Busy", "InACall"],
  ["In a meeting", "Busy", "InAMeeting"],
  ["Do not disturb", "DoNotDisturb", "DoNotDisturb"],
  ["Presenting", "DoNotDisturb", "Presenting"],
  ["Focusing", "focusing", "focusing"],
  ["Be right back", "BeRightBack", "BeRightBack"],
  ["Away", "Away", "Away"],
  ["Away, out of office", "Away", "OutOfOffice"],
  ["Appear offline", "Offline", "OffWork"],
  ["Offline", "Offline", "Offline"],
  ["Unknown", "PresenceUnknown", "PresenceUnknown"],
];

export function PresenceSelect(props: {
  readonly person: TeamsPerson;
  onChange(presence: { availability: string; activity: string }): void;
}) {
  const { presence, displayName } = props.person;
  const current = choices.findIndex(
    ([, availability, activity]) => availability === presence.availability && activity === presence.activity,
  );
  return (
    <select
      class={`presence ${presence.availability.toLowerCase()}`}
      aria-label={`Presence of ${displayName}`}
      value={String(current)}
      onChange={(event) => {
        const [, availability, activity] = choices[Number(event.currentTarget.value)] ?? [];
        if (availability !== undefined && activity !== undefined) props.onChange({ availability, activity });
      }}
    >
      {current < 0 && <option value="-1">{presence.activity}</option>}
      {choices.map(([label], index) => (
        <option key={label} value={String(index)}>
          {label}
        </option>
      ))}
    </select>
  );
}
