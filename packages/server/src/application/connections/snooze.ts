import { type Here, knownTimeZone, parseUntil } from "../../domain/until.ts";
import type { MattermostUsers } from "../mattermost/mattermost-users.ts";
import type { ConnectionPorts } from "./connection-ports.ts";
import type { ConnectionStore } from "./connection-store.ts";

/** Lets what is held for a person be decided about anew, at once. */
export type ReconsiderHeld = (userId: string) => Promise<void>;

export interface SnoozePorts extends Pick<ConnectionPorts, "clock" | "preferences" | "events"> {
  readonly connections: Pick<ConnectionStore, "byMattermostUser">;
  readonly users: Pick<MattermostUsers, "get">;
  readonly reconsiderHeld: ReconsiderHeld;
}

export type Snoozed =
  | { readonly kind: "not-connected" }
  /** Nothing was changed, because of what was asked for. */
  | { readonly kind: "not-a-time" | "past" | "too-long"; readonly typed: string }
  /** How it is; `untilMs` is absent when nothing is snoozed. */
  | { readonly kind: "is" | "became"; readonly untilMs: number | undefined; readonly here: Here };

/** What is held longer than this is of no use; whoever wants longer turns notifications off. */
const longestMs = 7 * 24 * 60 * 60_000;

/** Snoozes until what was typed, `off` ends it; undefined changes nothing and tells how it is. */
export async function snooze(
  ports: SnoozePorts,
  userId: string,
  until: string | undefined,
): Promise<Snoozed> {
  const { connections, preferences, events, users, clock, reconsiderHeld } = ports;
  if ((await connections.byMattermostUser(userId)) === undefined) return { kind: "not-connected" };
  const here: Here = { nowMs: clock.now(), timeZone: knownTimeZone((await users.get(userId))?.timeZone) };
  const now = (await preferences.of(userId)).snoozedUntilMs;
  const isNow = now !== undefined && now > here.nowMs;
  if (until === undefined) return { kind: "is", untilMs: isNow ? now : undefined, here };
  const untilMs = until.toLowerCase() === "off" ? undefined : endOf(until, here);
  if (typeof untilMs === "string") return { kind: untilMs, typed: until };
  if (untilMs === undefined && !isNow) return { kind: "is", untilMs, here };
  await preferences.snooze(userId, untilMs);
  await reconsiderHeld(userId);
  await events.connectionChanged(userId);
  return { kind: "became", untilMs, here };
}

function endOf(typed: string, here: Here): number | "not-a-time" | "past" | "too-long" {
  const until = parseUntil(typed, here);
  switch (until.kind) {
    case "open":
      return "too-long";
    case "at":
      return until.atMs - here.nowMs > longestMs ? "too-long" : until.atMs;
    default:
      return until.kind;
  }
}
