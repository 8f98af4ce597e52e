import { micromark, type Options } from "micromark";

/** What people and apps write into cards to give texts a form. Other `<words>` are words: `List<String>`. */
const tag =
  /<\/?(?:a|at|b|big|blockquote|br|center|code|del|div|em|font|h[1-6]|hr|i|img|ins|li|ol|p|pre|s|small|span|strike|strong|su[bp]|table|tbody|td|tfoot|th|thead|tr|u|ul)(?:\s[^<>]*)?\/?>/gi;

/** A line end between these says nothing. */
const block = /<(?:blockquote|div|h[1-6]|hr|li|ol|p|pre|table|ul)\b/i;

/** Between them, asterisks and underscores are characters. */
const code = /<(?:code|pre)\b/i;

/** Stands for the tag of that number while Markdown is read, which takes both for punctuation, as it takes `<` and `>`. */
const [opening, closing] = ["\u2e28", "\u2e29"];

export type Constructs = readonly string[];

/** Tags are none of Markdown's business here, and HTML is indented freely. */
const never: Constructs = ["htmlFlow", "htmlText", "codeIndented"];

/** Whether a text has a form by HTML. A line end alone is written so within Markdown, too. */
export function isMarkedUp(markup: string): boolean {
  return withoutLineElements(markup).search(tag) !== -1;
}

/** Whoever writes Markdown for connectors often ends lines as in HTML, and means nothing else by it. */
export function withoutLineElements(markup: string): string {
  return markup.replace(/<br\s*\/?>[ \t]*\n?/gi, "\n");
}

/** A text of HTML and Markdown as HTML alone, without the constructs of Markdown that are `disabled`; still untrusted. */
export function htmlOfMixed(markup: string, disabled: Constructs = []): string {
  if (code.test(markup)) return markup;
  const tags: string[] = [];
  // Two spaces before it make a line end one that is seen.
  const text = block.test(markup) ? markup : withoutLineElements(markup).replaceAll("\n", "  \n");
  const markdown = text
    .replace(/[\u2e28\u2e29]/g, "")
    .replace(tag, (found) => `${opening}${tags.push(found) - 1}${closing}`);
  return withTags(micromark(markdown, optionsWithout([...never, ...disabled])), tags);
}

function optionsWithout(constructs: Constructs): Options {
  return { extensions: [{ disable: { null: [...constructs] } }], allowDangerousProtocol: true };
}

/** Within code of Markdown a tag is what it reads as. */
function withTags(html: string, tags: readonly string[]): string {
  return html
    .replace(/<code[^>]*>[^<]*<\/code>/g, (found) =>
      found.replace(placeholder, (_, tag) => escaped(tags[tag])),
    )
    .replace(placeholder, (_, tag) => tags[tag] ?? "");
}

const placeholder = /\u2e28(\d+)\u2e29/g;

function escaped(text = ""): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
