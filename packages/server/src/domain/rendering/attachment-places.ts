import type { RootContent } from "mdast";
import type { Attachment } from "../attachment.ts";
import { readHtml } from "./html/read-html.ts";

/** The ids of the attachments that a text has a place for. */
export function placedIn(nodes: readonly RootContent[]): ReadonlySet<string> {
  return new Set(
    nodes.flatMap((node): string[] => {
      if (node.type === "attachmentPlace") return [node.value];
      return "children" in node ? [...placedIn(node.children)] : [];
    }),
  );
}

/** Attachments by their id. */
export type Placed = ReadonlyMap<string, Attachment>;

/**
 * What belongs into the originals of forwarded messages, by the forwarded message: attachments of the whole message for
 * which an original has a place and the body, whose places are `taken`, has none. Each stands once, in the first original.
 */
export function placedInOriginals(
  attachments: readonly Attachment[],
  taken: ReadonlySet<string>,
): ReadonlyMap<Attachment, Placed> {
  const found = new Map<Attachment, Placed>();
  const left = new Map<string, Attachment>();
  for (const each of attachments) {
    const isText = each.kind === "forwarded-message" || each.kind === "quoted-message";
    if (each.id !== undefined && !isText && !taken.has(each.id)) left.set(each.id, each);
  }
  for (const each of attachments) {
    if (each.kind !== "forwarded-message" || left.size === 0) continue;
    const placed = new Map<string, Attachment>();
    for (const id of placedIn(readHtml(each.html))) {
      const attachment = left.get(id);
      if (attachment !== undefined) placed.set(id, attachment);
      left.delete(id);
    }
    found.set(each, placed);
  }
  return found;
}
