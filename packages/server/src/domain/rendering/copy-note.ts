import { type CopyFailure, type CopyLimits, reasonOf } from "../copying/copy-failure.ts";
import type { Copyable } from "../copying/copyable.ts";
import { plain } from "./honest-link.ts";
import { toMarkdown } from "./markdown.ts";
import { cleanText } from "./text/clean-text.ts";
import { tidyBlocks } from "./tidy-blocks.ts";

/** Something of a message that stayed in Teams. */
export interface NotCopied {
  readonly copyable: Copyable;
  readonly failure: CopyFailure;
}

/** How a person signs in once more, for what a setting has come to need. */
export const connectAgain = "type `/msteams connect`";

/** Enough to tell the file; its whole name stands in the quote, with the link. */
const maxNameChars = 60;

/**
 * What could not be copied and why, one line each, as Markdown; the message itself keeps the links. A name is its sender's
 * words outside of the quote: it stands last and within marks that it cannot close, so that it reads as nothing of ours.
 */
export function copyNote(notCopied: readonly NotCopied[], limits: CopyLimits): string {
  const lines = notCopied.map(({ copyable, failure }) =>
    toMarkdown(
      tidyBlocks([
        {
          type: "paragraph",
          children: [plain(`Not copied (${reasonOf(failure, limits)}): ${nameOf(copyable)}`)],
        },
      ]),
    ),
  );
  if (notCopied.some(({ failure }) => failure === "sign-in-missing"))
    lines.push(`To have files copied from now on, ${connectAgain}.`);
  return lines.join("\n");
}

function nameOf(copyable: Copyable): string {
  if (copyable.kind === "picture") return "a picture";
  const name = cleanText(copyable.name)
    .trim()
    .replace(/["\u201c-\u201f\u2033\u2036\u275d\u275e\u301d\u301e\uff02]/g, "'");
  const characters = [...name];
  if (name === "") return "a file";
  return `"${characters.length > maxNameChars ? `${characters.slice(0, maxNameChars).join("")}…` : name}"`;
}
