/** The one channel on which the nodes of a cluster tell each other what changed. */
export const signalChannel = "msteams_notifications";

/**
 * `lanes`, `late-lanes`: something came for them; their names as JSON. `shares`: who works on which lanes may change.
 * `connections`: of that person. `chats`: what is remembered of that chat is out of date. `pauses`: what Graph wants.
 */
export type Topic = "lanes" | "late-lanes" | "shares" | "connections" | "chats" | "pauses";

/** The name of a topic ends here, and what is told begins. */
const separator = " ";

/** Text for `pg_notify`. */
export function signal(topic: Topic, told = ""): string {
  return `${topic}${separator}${told}`;
}

export function readSignal(payload: string): { readonly topic: string; readonly told: string } {
  const end = payload.indexOf(separator);
  return end < 0
    ? { topic: payload, told: "" }
    : { topic: payload.slice(0, end), told: payload.slice(end + separator.length) };
}

/** PostgreSQL takes less than 8,000 bytes at once. */
const maxBytes = 7_000;

/** What tells of lanes, in as many signals as it takes. */
export function laneSignals(lanes: readonly string[], isLate: boolean): readonly string[] {
  const topic = isLate ? "late-lanes" : "lanes";
  const signals: string[] = [];
  let part: string[] = [];
  let bytes = 0;
  for (const lane of lanes) {
    const size = Buffer.byteLength(JSON.stringify(lane)) + 1;
    if (bytes + size > maxBytes && part.length > 0) {
      signals.push(signal(topic, JSON.stringify(part)));
      part = [];
      bytes = 0;
    }
    part.push(lane);
    bytes += size;
  }
  if (part.length > 0) signals.push(signal(topic, JSON.stringify(part)));
  return signals;
}
