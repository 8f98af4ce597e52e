import fc from "fast-check";
import { foreignText } from "./foreign-text.ts";

const elements =
  "p div span b strong i em s del u a h1 h3 ul ol li blockquote pre codeblock code table tr td th br hr img emoji at attachment font sub sup script style svg iframe video input label details q customemoji future-widget object caption".split(
    " ",
  );
const attributes = [
  "href",
  "src",
  "alt",
  "title",
  "class",
  "itemtype",
  "id",
  "start",
  "colspan",
  "style",
  "lang",
  "name",
  "aria-label",
];

const attribute = fc
  .tuple(fc.constantFrom(...attributes), foreignText)
  .map(([name, value]) => ` ${name}="${value.replaceAll('"', "&quot;")}"`);

/** Markup as somebody would write it who wants to do harm: any nesting, open and stray tags, text that is not escaped. */
export const foreignHtml: fc.Arbitrary<string> = fc.letrec<{ node: string; nodes: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    foreignText,
    foreignText.map((text) => text.replace(/[&<]/g, (char) => (char === "&" ? "&amp;" : "&lt;"))),
    fc
      .record({
        name: fc.constantFrom(...elements),
        attributes: fc.array(attribute, { maxLength: 2 }),
        content: tie("nodes"),
        closed: fc.boolean(),
      })
      .map((element) => {
        const open = `<${element.name}${element.attributes.join("")}>`;
        return open + element.content + (element.closed ? `</${element.name}>` : "");
      }),
  ),
  nodes: fc.array(tie("node"), { maxLength: 4 }).map((nodes) => nodes.join("")),
})).nodes;
