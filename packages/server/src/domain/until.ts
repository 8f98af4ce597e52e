/** What somebody who says until when means. */
export type Until =
  | { readonly kind: "at"; readonly atMs: number }
  /** Until they say otherwise. */
  | { readonly kind: "open" }
  /** A time of today that is over. */
  | { readonly kind: "past" }
  | { readonly kind: "not-a-time" };

/** Where and when somebody says it. */
export interface Here {
  readonly nowMs: number;
  /** An IANA time zone that exists, see {@link knownTimeZone}. */
  readonly timeZone: string;
}

/** When people are at work again, so that what ends tomorrow does not end in their sleep. */
const tomorrowAt = "09:00";

/** Longer is open: nobody remembers by then that it ends. */
const longestDays = 30;

const minuteMs = 60_000;
const units: Readonly<Record<string, number>> = { m: minuteMs, h: 60 * minuteMs, d: 24 * 60 * minuteMs };

/** Reads `30m`, `2h`, `1d`, `tomorrow`, `14:30` and `always`, in any case; times of day are those of the time zone. */
export function parseUntil(word: string, here: Here): Until {
  const spelled = word.toLowerCase();
  if (spelled === "always") return { kind: "open" };
  if (spelled === "tomorrow") return { kind: "at", atMs: timeOn(1, tomorrowAt, here) };
  const [, count, unit = ""] = /^(\d{1,5})([mhd])$/.exec(spelled) ?? [];
  if (count !== undefined) {
    const ms = Number(count) * (units[unit] ?? 0);
    const isTime = ms > 0 && ms <= longestDays * 24 * 60 * minuteMs;
    return isTime ? { kind: "at", atMs: here.nowMs + ms } : { kind: "not-a-time" };
  }
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(spelled) ?? [];
  if (hour === undefined) return { kind: "not-a-time" };
  const atMs = timeOn(0, `${hour.padStart(2, "0")}:${minute}`, here);
  return atMs > here.nowMs ? { kind: "at", atMs } : { kind: "past" };
}

/** A time that the day's change of clocks leaves out is as much later as clocks are put forward; of two it is the first. */
function timeOn(daysAhead: number, plainTime: string, here: Here): number {
  const day = inZone(here.nowMs, here.timeZone).toPlainDate().add({ days: daysAhead });
  return day.toZonedDateTime({ timeZone: here.timeZone, plainTime }).epochMilliseconds;
}

/** For people: `14:30` today, `tomorrow 09:00`, and otherwise with its date. */
export function sayTime(atMs: number, { nowMs, timeZone }: Here): string {
  const at = inZone(atMs, timeZone);
  const time = at.toPlainTime().toString({ smallestUnit: "minute" });
  const days = inZone(nowMs, timeZone).toPlainDate().until(at.toPlainDate(), { largestUnit: "days" }).days;
  if (days === 0) return time;
  if (days === 1) return `tomorrow ${time}`;
  return days === -1 ? `yesterday ${time}` : `${at.toPlainDate().toString()} ${time}`;
}

function inZone(ms: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
}

/** The zone if there is one of that name, and UTC otherwise: people can write anything into their profile. */
export function knownTimeZone(name: string | undefined): string {
  if (name === undefined || name === "") return "UTC";
  try {
    return inZone(0, name).timeZoneId;
  } catch {
    return "UTC";
  }
}
