import type { Root } from "hast";
import type { RootContent } from "mdast";
import rehypeParse from "rehype-parse";
import rehypeRemark from "rehype-remark";
import { unified } from "unified";
import { readText } from "../text/read-text.ts";
import { isTooDeep } from "../tree-depth.ts";
import { replaceCodeblocks } from "./code-elements.ts";
import { replaceEmoji } from "./emoji.ts";
import { dropEmptyElements } from "./empty-elements.ts";
import { leaveOutImages } from "./images-in.ts";
import { type MentionedPeople, replaceMentions } from "./mention-elements.ts";
import { nameSilentElements } from "./named-elements.ts";
import { nestLists } from "./nested-lists.ts";
import { unwrapPlain } from "./plain-elements.ts";
import { freeSelfClosed } from "./self-closed.ts";
import { liftCaptions } from "./table-captions.ts";
import { freeAttachments, teamsElements } from "./teams-elements.ts";

const reader = unified()
  .use(rehypeParse, { fragment: true, verbose: true })
  .use(rehypeRemark, { handlers: teamsElements })
  .freeze();

const nobody: MentionedPeople = { mentions: [], readerId: "" };

const none: ReadonlySet<string> = new Set();

/**
 * A message body in HTML as Markdown nodes, still untrusted, without the images of the addresses `leftOut`. Markup nested
 * beyond reason becomes its bare text.
 */
export function readHtml(html: string, people = nobody, leftOut = none): readonly RootContent[] {
  const tree = parsed(html);
  if (tree === undefined || isTooDeep(tree)) return readText(html.replace(/<[^<>]*>/g, " "));
  freeSelfClosed(tree, html);
  leaveOutImages(tree, leftOut);
  replaceEmoji(tree);
  replaceCodeblocks(tree);
  replaceMentions(tree, people);
  freeAttachments(tree);
  nestLists(tree);
  liftCaptions(tree);
  nameSilentElements(tree);
  dropEmptyElements(tree);
  unwrapPlain(tree);
  return reader.runSync(tree).children;
}

/** The parser itself walks down, and gives up at some thousand levels. */
function parsed(html: string): Root | undefined {
  try {
    return reader.parse(html);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
