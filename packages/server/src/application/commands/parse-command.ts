import { type ChoiceValue, choices } from "./choices.ts";

/** What a person asked for with `/msteams`. `unknown` keeps what was typed, to be said back. */
export type Command =
  | { readonly kind: "connect" }
  | { readonly kind: "disconnect" }
  | { readonly kind: "status" }
  | { readonly kind: "notifications"; readonly on: boolean }
  | { readonly kind: "notifications-status" }
  | { readonly kind: "settings"; readonly value: ChoiceValue }
  | { readonly kind: "settings-status" }
  | { readonly kind: "settings-unknown"; readonly typed: string }
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
  notifications: { kind: "notifications-status" },
  "notifications status": { kind: "notifications-status" },
  "notifications on": { kind: "notifications", on: true },
  "notifications off": { kind: "notifications", on: false },
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
  if (words[0]?.toLowerCase() === "settings") return settings(typed, spelled);
  const [, id] = replayOne.exec(spelled) ?? [];
  if (id !== undefined) return { kind: "admin-replay", which: Number(id) };
  const [, username] = disconnectOne.exec(spelled) ?? [];
  if (username !== undefined) return { kind: "admin-disconnect", username };
  return Object.hasOwn(byWords, spelled) ? (byWords[spelled] ?? unknown(typed)) : unknown(typed);
}

function settings(typed: string, spelled: string): Command {
  const [, choiceWord, valueWord, ...rest] = spelled.split(" ");
  if (choiceWord === undefined) return { kind: "settings-status" };
  const choice = choices.find(({ word }) => word === choiceWord);
  if (choice !== undefined && valueWord === undefined) return { kind: "settings-status" };
  const value = choice?.values.find(({ word }) => word === valueWord);
  if (value === undefined || rest.length > 0) return { kind: "settings-unknown", typed };
  return { kind: "settings", value };
}

function unknown(typed: string): Command {
  return { kind: "unknown", typed };
}
