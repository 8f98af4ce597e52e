import { parseQuietHours, type QuietHours, quietUntil } from "../../domain/quiet-hours.ts";
import { type Here, knownTimeZone } from "../../domain/until.ts";
import type { SnoozePorts } from "./snooze.ts";

export type QuietHoursChosen =
  | { readonly kind: "not-connected" }
  /** Nothing was changed, because this of what was typed says no hours. */
  | { readonly kind: "not-understood"; readonly part: string }
  /** How it is; `untilMs` is absent when nothing is quiet now. */
  | {
      readonly kind: "is" | "became";
      readonly hours: readonly QuietHours[];
      readonly untilMs: number | undefined;
      readonly here: Here;
    };

/** Holds what comes in the hours that were typed, `off` ends that; undefined changes nothing and tells how it is. */
export async function chooseQuietHours(
  ports: SnoozePorts,
  userId: string,
  typed: string | undefined,
): Promise<QuietHoursChosen> {
  const { connections, preferences, events, users, clock, reconsiderHeld } = ports;
  if ((await connections.byMattermostUser(userId)) === undefined) return { kind: "not-connected" };
  const here: Here = { nowMs: clock.now(), timeZone: knownTimeZone((await users.get(userId))?.timeZone) };
  const isAs = (kind: "is" | "became", hours: readonly QuietHours[]) =>
    ({ kind, hours, untilMs: quietUntil(hours, here), here }) as const;
  if (typed === undefined) return isAs("is", (await preferences.of(userId)).quietHours);
  const parsed =
    typed.trim().toLowerCase() === "off" ? ({ kind: "quiet", hours: [] } as const) : parseQuietHours(typed);
  if (parsed.kind !== "quiet") return parsed;
  await preferences.setQuietHours(userId, parsed.hours);
  await reconsiderHeld(userId);
  await events.connectionChanged(userId);
  return isAs("became", parsed.hours);
}
