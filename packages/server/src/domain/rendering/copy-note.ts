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

/** Names are shortened as in the list of files of a message. */
const maxNameChars = 120;

/** What could not be copied and why, one line each, as Markdown; the message itself keeps the links. */
export function copyNote(notCopied: readonly NotCopied[], limits: CopyLimits): string {
  const lines = notCopied.map(({ copyable, failure }) =>
    toMarkdown(
      tidyBlocks([
        {
          type: "paragraph",
          children: [plain(`${nameOf(copyable)} could not be copied: ${reasonOf(failure, limits)}.`)],
        },
      ]),
    ),
  );
  if (notCopied.some(({ failure }) => failure === "sign-in-missing"))
    lines.push(`To have files copied from now on, ${connectAgain}.`);
  return lines.join("\n");
}

function nameOf(copyable: Copyable): string {
  if (copyable.kind === "picture") return "A picture";
  const name = cleanText(copyable.name).trim();
  const characters = [...name];
  if (characters.length > maxNameChars) return `${characters.slice(0, maxNameChars).join("")}…`;
  return name === "" ? "A file" : name;
}
