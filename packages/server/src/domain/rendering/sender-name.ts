import type { PhrasingContent } from "mdast";
import type { Sender, UserStanding } from "../sender.ts";
import { plain } from "./honest-link.ts";
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

/** A sender as a line of ours names them: what they call themselves in bold, what we know of them behind it. */
export function senderName(sender: Sender): PhrasingContent[] {
  const name = sender.kind === "none" ? "" : shownName(sender.displayName);
  switch (sender.kind) {
    case "none":
      return [bold("Someone")];
    case "application":
      return name === "" ? [bold("An app")] : [bold(name), plain(" (app)")];
    case "user": {
      const standing = standings[sender.standing];
      return [bold(name || "Someone"), ...(standing === undefined ? [] : [plain(` (${standing})`)])];
    }
  }
}

function bold(text: string): PhrasingContent {
  return { type: "strong", children: [plain(text)] };
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
