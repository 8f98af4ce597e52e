import type { Sender, UserStanding } from "../sender.ts";
import { cleanText } from "./text/clean-text.ts";

/** Whom a reader should not take for a colleague, said behind the name, which anybody outside can choose. */
const standings: Partial<Readonly<Record<UserStanding, string>>> = {
  federated: "external",
  "anonymous-guest": "guest",
  "personal-account": "external",
  skype: "external",
  phone: "by phone",
  email: "by e-mail",
};

/** Directory names end far below this; a longer one is meant to fill the reader's screen. */
const maxNameChars = 80;

/** A sender as the header names them. */
export function senderName(sender: Sender): string {
  if (sender.kind === "none") return "Someone";
  const name = shownName(sender.displayName);
  if (sender.kind === "application") return `${name || "An app"} (app)`;
  const standing = standings[sender.standing];
  return `${name || "Someone"}${standing === undefined ? "" : ` (${standing})`}`;
}

/**
 * A name that somebody chose, as part of a line of ours: cleaned, not too long, and, when it is written from right to
 * left, isolated, so that it does not turn the words around it (Unicode Standard Annex 9, section 2.2).
 */
export function shownName(name: string | undefined): string {
  const characters = [...cleanText(name ?? "").trim()];
  const short = characters.slice(0, maxNameChars).join("") + (characters.length > maxNameChars ? "…" : "");
  return rightToLeft.test(short) ? `\u2068${short}\u2069` : short;
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
