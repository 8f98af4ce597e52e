/** What was typed behind `/msteams mute`. */
export interface MuteWords {
  /** Of the chat; empty for that of the thread in which it was typed. */
  readonly name: string;
  readonly until: string | undefined;
  readonly mentions: boolean;
}

/** What is offered while it is typed; more is understood, see `parseUntil`. */
export const muteTimes = [
  { word: "1h", helpText: "For an hour", button: "Mute for an hour" },
  { word: "tomorrow", helpText: "Until tomorrow, nine o'clock", button: "Mute until tomorrow" },
  { word: "always", helpText: "Until you unmute it", button: "Mute until you unmute it" },
] as const;

export const withoutMentions = "without-mentions";

/** Also what is meant as a time and is none, such as 25:00, so that it is not taken for the end of a name. */
const timeLike = /^(?:tomorrow|always|\d+[mhd]|\d{1,2}[:.]\d{1,2})$/i;

/** The last words say for how long and how; all before them is the chat's name, in quotes if it ends like a time. */
export function parseMute(words: readonly string[]): MuteWords {
  const rest = [...words];
  const mentions = rest.at(-1)?.toLowerCase() !== withoutMentions;
  if (!mentions) rest.pop();
  const until = timeLike.test(rest.at(-1) ?? "") ? rest.pop() : undefined;
  return { name: unquoted(rest.join(" ")), until, mentions };
}

export function unquoted(name: string): string {
  return /^"[^"]*"$/.test(name) ? name.slice(1, -1) : name;
}
