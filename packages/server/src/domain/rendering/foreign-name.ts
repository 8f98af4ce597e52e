import { plain } from "./honest-link.ts";
import { toMarkdown } from "./markdown.ts";

/** A name that somebody chose, in bold within a line of ours: it calls nobody and forms nothing. */
export function foreignName(name: string): string {
  return toMarkdown([{ type: "paragraph", children: [{ type: "strong", children: [plain(name)] }] }]);
}
