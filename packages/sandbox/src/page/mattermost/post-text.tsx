import MarkdownIt from "markdown-it";

/** Without raw HTML, as in Mattermost; single line breaks count, bare addresses become links. */
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });

markdown.renderer.rules.link_open = (tokens, index, options, _environment, renderer) => {
  tokens[index]?.attrSet("target", "_blank");
  tokens[index]?.attrSet("rel", "noopener noreferrer");
  return renderer.renderToken(tokens, index, options);
};

/** A post's Markdown. markdown-it escapes everything it does not make itself, so its output is safe to insert. */
export function PostText({ message }: { readonly message: string }) {
  return <div class="text" dir="auto" dangerouslySetInnerHTML={{ __html: markdown.render(message) }} />;
}
