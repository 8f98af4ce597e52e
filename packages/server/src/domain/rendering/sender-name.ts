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
  const name = shortened(cleanText(sender.displayName ?? "").trim());
  if (sender.kind === "application") return `${name || "An app"} (app)`;
  const standing = standings[sender.standing];
  return `${name || "Someone"}${standing === undefined ? "" : ` (${standing})`}`;
}

export function shortened(name: string): string {
  const characters = [...name];
  return characters.length > maxNameChars ? `${characters.slice(0, maxNameChars).join("")}…` : name;
}
