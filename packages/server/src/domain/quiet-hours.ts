import type { Here } from "./until.ts";

/** Hours of some days of the week in which somebody wants nothing to arrive. */
export interface QuietHours {
  /** On which they begin, Monday 1 to Sunday 7, each once and in order. */
  readonly days: readonly number[];
  /** Minutes since midnight by the clock on the wall, 0 to 1439. */
  readonly from: number;
  /** Until then: of the same day where it is later, of the next day otherwise; 1440 is the end of the day. */
  readonly to: number;
}

export type ParsedQuietHours =
  | { readonly kind: "quiet"; readonly hours: readonly QuietHours[] }
  | { readonly kind: "not-understood"; readonly part: string };

const dayNames: readonly string[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Enough for each day to have its own, and one more for lunch. */
const mostParts = 14;

/** Reads `mon-fri 18:00-08:00, sat-sun 00:00-24:00`: days (one, a range or several by `+`), then from and to. */
export function parseQuietHours(text: string): ParsedQuietHours {
  const parts = text
    .toLowerCase()
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const hours = parts.map(parsePart);
  const wrong = hours.indexOf(undefined);
  if (wrong >= 0 || parts.length === 0 || parts.length > mostParts)
    return { kind: "not-understood", part: parts[wrong] ?? text.trim() };
  return { kind: "quiet", hours: hours.filter((each) => each !== undefined) };
}

function parsePart(part: string): QuietHours | undefined {
  const [, days = "", from = "", to = ""] =
    /^([a-z+-]+)\s+(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})$/.exec(part) ?? [];
  const [fromMinutes, toMinutes] = [minutesOf(from), minutesOf(to)];
  const on = daysOf(days);
  if (on === undefined || fromMinutes === undefined || toMinutes === undefined) return undefined;
  // Whether that is no time or a whole day cannot be told, so it is said otherwise.
  if (fromMinutes === toMinutes || fromMinutes === dayMinutes) return undefined;
  return { days: on, from: fromMinutes, to: toMinutes };
}

function daysOf(text: string): readonly number[] | undefined {
  if (text === "daily") return [1, 2, 3, 4, 5, 6, 7];
  const found = new Set<number>();
  for (const each of text.split("+")) {
    const [first = 0, last = first, ...more] = each.split("-").map((name) => dayNames.indexOf(name) + 1);
    if (first === 0 || last === 0 || more.length > 0) return undefined;
    // `fri-mon` goes round the end of the week.
    for (let day = first; ; day = (day % 7) + 1) {
      found.add(day);
      if (day === last) break;
    }
  }
  return [...found].sort((one, other) => one - other);
}

const dayMinutes = 24 * 60;

function minutesOf(time: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):([0-5]\d)$/.exec(time) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return hour === undefined || minutes > dayMinutes ? undefined : minutes;
}

/** As {@link parseQuietHours} reads it. */
export function sayQuietHours(hours: readonly QuietHours[]): string {
  return hours
    .map(({ days, from, to }) => `${sayDays(days)} ${sayMinutes(from)}-${sayMinutes(to)}`)
    .join(", ");
}

function sayDays(days: readonly number[]): string {
  if (days.length === 7) return "daily";
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const name = (day: number | undefined) => dayNames[(day ?? 1) - 1] ?? "";
  return runs
    .map((run) => (run.length === 1 ? name(run[0]) : `${name(run[0])}-${name(run.at(-1))}`))
    .join("+");
}

function sayMinutes(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Whoever is never to be disturbed turns notifications off; what is held is not held for longer than a week. */
const longestDays = 7;

/**
 * When the quiet hours end that hold at this moment; undefined when none do. Hours that follow each other without a gap
 * are one, so that a weekend ends on Monday. By the clock on the wall: on the days of its change they are an hour shorter
 * or longer.
 */
export function quietUntil(hours: readonly QuietHours[], { nowMs, timeZone }: Here): number | undefined {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDate();
  const spans = Array.from({ length: longestDays + 2 }, (_, ahead) => today.add({ days: ahead - 1 })).flatMap(
    (day) =>
      hours.filter(({ days }) => days.includes(day.dayOfWeek)).map((each) => spanOf(each, day, timeZone)),
  );
  const latestMs = nowMs + longestDays * dayMinutes * 60_000;
  let untilMs = nowMs;
  for (let isLonger = true; isLonger && untilMs < latestMs; ) {
    const ends = spans
      .filter(({ fromMs, toMs }) => fromMs <= untilMs && untilMs < toMs)
      .map(({ toMs }) => toMs);
    isLonger = ends.length > 0;
    untilMs = Math.max(untilMs, ...ends);
  }
  return untilMs === nowMs ? undefined : Math.min(untilMs, latestMs);
}

function spanOf({ from, to }: QuietHours, day: Temporal.PlainDate, timeZone: string) {
  const at = (minutes: number) => {
    const date = day.add({ days: Math.floor(minutes / dayMinutes) });
    const plainTime = sayMinutes(minutes % dayMinutes);
    return date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
  };
  return { fromMs: at(from), toMs: at(to > from ? to : to + dayMinutes) };
}
