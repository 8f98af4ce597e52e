/** What a person asked for with `/msteams`. `unknown` keeps what was typed, to be said back. */
export type Command =
  | { readonly kind: "connect" }
  | { readonly kind: "disconnect" }
  | { readonly kind: "status" }
  | { readonly kind: "notifications"; readonly on: boolean }
  | { readonly kind: "notifications-status" }
  | { readonly kind: "help" }
  | { readonly kind: "unknown"; readonly typed: string };

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
};

/** Reads the whole line, `/msteams` included. Case and spacing do not matter; anything left over makes it unknown. */
export function parseCommand(line: string): Command {
  const [, ...words] = line.trim().split(/\s+/);
  const typed = words.join(" ");
  const spelled = typed.toLowerCase();
  return Object.hasOwn(byWords, spelled) ? (byWords[spelled] ?? unknown(typed)) : unknown(typed);
}

function unknown(typed: string): Command {
  return { kind: "unknown", typed };
}
