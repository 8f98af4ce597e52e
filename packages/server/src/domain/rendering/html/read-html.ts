import type { Element, ElementContent, Parents } from "hast";
import type { RootContent } from "mdast";
import rehypeParse from "rehype-parse";
import rehypeRemark from "rehype-remark";
import { unified } from "unified";
import { readText } from "../text/read-text.ts";
import { attribute } from "./attribute.ts";
import { teamsElements } from "./teams-elements.ts";

const reader = unified()
  .use(rehypeParse, { fragment: true })
  .use(rehypeRemark, { handlers: teamsElements })
  .freeze();

/** Teams nests a dozen elements; hundreds are meant to exhaust whoever walks down the tree. */
const maxDepth = 100;

/** A message body in HTML as Markdown nodes, still untrusted. Markup nested beyond reason becomes its bare text. */
export function readHtml(html: string): readonly RootContent[] {
  const tree = reader.parse(html);
  if (isDeeperThan(tree, maxDepth)) return readText(html.replace(/<[^<>]*>/g, " "));
  replaceEmoji(tree);
  return reader.runSync(tree).children;
}

function isDeeperThan(tree: Parents, depth: number): boolean {
  let level: readonly Parents[] = [tree];
  for (let left = depth; left >= 0; left -= 1) {
    level = level.flatMap(({ children }) =>
      children.flatMap((child) => (child.type === "element" ? [child] : [])),
    );
    if (level.length === 0) return false;
  }
  return true;
}

/** First of all, because the white space around an element without text would be taken for layout and dropped. */
function replaceEmoji(parent: Parents): void {
  for (let index = 0; index < parent.children.length; index += 1) {
    const child = parent.children[index];
    if (child?.type !== "element") continue;
    if (child.tagName === "emoji") {
      const text: ElementContent = { type: "text", value: emojiText(child) };
      // The parser takes what follows an unclosed <emoji> for its content; the loop meets it next.
      parent.children.splice(index, 1, text, ...child.children);
    } else replaceEmoji(child);
  }
}

function emojiText(emoji: Element): string {
  return attribute(emoji, "alt") || attribute(emoji, "title");
}
