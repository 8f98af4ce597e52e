import type { RootContent } from "mdast";
import rehypeParse from "rehype-parse";
import rehypeRemark from "rehype-remark";
import { unified } from "unified";
import { readText } from "../text/read-text.ts";
import { teamsElements } from "./teams-elements.ts";

const reader = unified()
  .use(rehypeParse, { fragment: true })
  .use(rehypeRemark, { handlers: teamsElements })
  .freeze();

/** A message body in HTML as Markdown nodes, still untrusted. Markup that cannot be read becomes its bare text. */
export function readHtml(html: string): readonly RootContent[] {
  try {
    return reader.runSync(reader.parse(html)).children;
  } catch {
    // Elements nested thousands of levels deep; nobody writes that for readers.
    return readText(html.replace(/<[^<>]*>/g, " "));
  }
}
