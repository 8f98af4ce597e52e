import type { ChoiceCommand } from "./choice-texts.ts";
import { parseChoice } from "./parse-choice.ts";
import { type MuteWords, parseMute, unquoted } from "./parse-mute.ts";

/** What a person asked for with `/msteams`. `unknown` keeps what was typed, to be said back. */
export type Command =
  | { readonly kind: "connect" }
  | { readonly kind: "disconnect" }
  | { readonly kind: "status" }
  | { readonly kind: "settings" }
  | { readonly kind: "chats" }
  | { readonly kind: "why" }
  /** As typed; undefined asks how it is. */
  | { readonly kind: "snooze"; readonly until: string | undefined }
  | { readonly kind: "quiet"; readonly hours: string | undefined }
  | ({ readonly kind: "mute" } & MuteWords)
  | { readonly kind: "unmute"; readonly name: string }
  | ChoiceCommand
  | AdministratorCommand
  | { readonly kind: "help" }
  | { readonly kind: "unknown"; readonly typed: string };

/** For system administrators only. */
export type AdministratorCommand =
  | { readonly kind: "admin-catch-up" }
  | { readonly kind: "admin-disconnect"; readonly username: string }
  | { readonly kind: "admin-failures" }
  | { readonly kind: "admin-replay"; readonly which: number | "all" };

const byWords: Readonly<Record<string, Command>> = {
  "": { kind: "help" },
  help: { kind: "help" },
  connect: { kind: "connect" },
  disconnect: { kind: "disconnect" },
  status: { kind: "status" },
  settings: { kind: "settings" },
  chats: { kind: "chats" },
  why: { kind: "why" },
  admin: { kind: "help" },
  "admin catch-up": { kind: "admin-catch-up" },
  "admin failures": { kind: "admin-failures" },
  // Without saying what, it shows what there is.
  "admin replay": { kind: "admin-failures" },
  "admin replay all": { kind: "admin-replay", which: "all" },
};

/** Ids are whole numbers that JavaScript holds exactly. */
const replayOne = /^admin replay (\d{1,15})$/;

/** Mattermost's usernames: at most 64 of these characters, in lower case. */
const disconnectOne = /^admin disconnect @?([a-z0-9._-]{1,64})$/;

/** Reads the whole line, `/msteams` included. Case and spacing do not matter; anything left over makes it unknown. */
export function parseCommand(line: string): Command {
  const [, ...words] = line.trim().split(/\s+/);
  const typed = words.join(" ");
  const spelled = typed.toLowerCase();
  const [first, ...further] = words;
  if (first?.toLowerCase() === "mute") return { kind: "mute", ...parseMute(further) };
  if (first?.toLowerCase() === "unmute") return { kind: "unmute", name: unquoted(further.join(" ")) };
  if (first?.toLowerCase() === "snooze") return { kind: "snooze", until: further.join(" ") || undefined };
  if (first?.toLowerCase() === "quiet") return { kind: "quiet", hours: further.join(" ") || undefined };
  const choice = parseChoice(spelled.split(" "), typed);
  if (choice !== undefined) return choice;
  const [, id] = replayOne.exec(spelled) ?? [];
  if (id !== undefined) return { kind: "admin-replay", which: Number(id) };
  const [, username] = disconnectOne.exec(spelled) ?? [];
  if (username !== undefined) return { kind: "admin-disconnect", username };
  return Object.hasOwn(byWords, spelled) ? (byWords[spelled] ?? unknown(typed)) : unknown(typed);
}

function unknown(typed: string): Command {
  return { kind: "unknown", typed };
}
