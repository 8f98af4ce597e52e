import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { htmlMessage } from "../../testing/chat-messages.ts";
import { renderPost } from "../render-post.ts";
import { cardOf } from "../testing/cards.ts";
import { foreignHtml } from "../testing/foreign-html.ts";
import { foreignText, mentionsIn } from "../testing/foreign-text.ts";
import { linksIn, nodesIn, readMarkdown, readPost } from "../testing/reading.ts";
import { context, quoteOf } from "../testing/rendering.ts";

describe("a card", () => {
  test.each([
    [
      "fluidEmbedCard",
      { componentUrl: "https://a.sharepoint.com/x", sourceType: "Compose" },
      "Loop component: [Open](https://a.sharepoint.com/x) (a.sharepoint.com)",
    ],
    [
      "fluid",
      { url: "https://a.sharepoint.com/x", title: "Tasks" },
      "Loop component: [Tasks](https://a.sharepoint.com/x) (a.sharepoint.com)",
    ],
    ["fluid", { sourceType: "Compose" }, "Loop component: [Open](teams)"],
    ["hologram", { title: "new" }, "[Card](teams): hologram"],
    ["hero", {}, "[Card](teams): hero"],
    ["hero", "not an object", "[Card](teams): hero"],
    ["adaptive", { body: "not a list", actions: { type: "none" } }, "[Card](teams): adaptive"],
  ])("of kind %p holding %p is shown as %p", (kind, content, markdown) => {
    expect(cardOf(kind, content)).toBe(markdown);
  });

  test("begins with its name when it has one", () => {
    expect(cardOf("hero", { title: "a" }, "Flights")).toBe("**Flights**\n\n**a**");
    expect(cardOf("hologram", {}, "Flights")).toBe("[Card](teams): Flights");
  });
});

test("a card whose JSON has a wrong escape is read all the same", () => {
  const contentType = "application/vnd.microsoft.card.thumbnail";
  const content = String.raw`{ "title": "Berth plan", "text": "a \And b" }`;
  expect(
    quoteOf('<attachment id="1"></attachment>', { attachments: [{ id: "1", contentType, content }] }),
  ).toBe(
    String.raw`**Berth plan**

a \And b`,
  );
});

describe("whatever a card holds", () => {
  const values = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      foreignText,
      foreignText,
      fc.constantFrom<unknown>(
        true,
        7,
        null,
        "https://a.example/x",
        "Action.OpenUrl",
        "openUrl",
        "TextBlock",
      ),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          ..."type text title items columns rows cells facts value name url actions inlines images weight fontType body sections buttons tap fallback targets uri potentialAction @type".split(
            " ",
          ),
        ),
        tie("value"),
        { maxKeys: 6 },
      ),
    ),
  })).value;
  const element = fc.record({
    type: fc.constantFrom(
      ..."TextBlock RichTextBlock FactSet Container ColumnSet Table Image ImageSet Media ActionSet CodeBlock Input.Text Chart.Line Rating New".split(
        " ",
      ),
    ),
    text: fc.oneof(
      foreignText,
      foreignText.map((text) => `${text}<at>@all</at>`),
    ),
    weight: fc.constantFrom("bolder", "default"),
    inlines: fc.array(
      fc.oneof(
        foreignText,
        fc.record({
          text: foreignText,
          italic: fc.boolean(),
          fontType: fc.constantFrom("monospace", "default"),
        }),
      ),
      { maxLength: 3 },
    ),
    facts: fc.array(fc.record({ title: foreignText, value: foreignText }), { maxLength: 2 }),
    items: fc.array(values, { maxLength: 2 }),
    columns: fc.array(
      fc.record({
        items: fc.array(fc.record({ type: fc.constant("TextBlock"), text: foreignText }), { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
    rows: fc.array(
      fc.record({
        cells: fc.array(
          fc.record({
            items: fc.array(fc.record({ type: fc.constant("TextBlock"), text: foreignText }), {
              maxLength: 2,
            }),
          }),
          { maxLength: 3 },
        ),
      }),
      { maxLength: 3 },
    ),
    title: foreignText,
    value: foreignText,
    url: foreignText,
    altText: foreignText,
    codeSnippet: foreignText,
    label: foreignText,
    selectAction: fc.record({
      type: fc.constantFrom("Action.OpenUrl", "Action.Submit"),
      title: foreignText,
      url: fc.webUrl(),
    }),
    actions: fc.array(
      fc.record({ type: fc.constant("Action.OpenUrl"), title: foreignText, url: fc.webUrl() }),
      { maxLength: 2 },
    ),
  });
  const rendered = fc
    .tuple(
      fc.constantFrom("adaptive", "hero", "list", "o365connector", "fluid"),
      fc.oneof(
        values,
        fc.record({
          body: fc.array(element, { maxLength: 4 }),
          title: fc.oneof(foreignText, foreignHtml),
          text: fc.oneof(foreignText, foreignHtml),
          msteams: fc.record({
            entities: fc.constant([{ type: "mention", text: "<at>@all</at>", mentioned: { id: "ben-id" } }]),
          }),
        }),
      ),
    )
    .map(([kind, content]) => {
      const contentType = `application/vnd.microsoft.card.${kind}`;
      return renderPost(htmlMessage("", { attachments: [{ id: "1", contentType, content }] }), context)
        .message;
    });

  test("stays in the quote, mentions nobody, loads nothing and leads only where it says", () => {
    fc.assert(
      fc.property(rendered, (markdown) => {
        readPost(markdown);
        const nodes = nodesIn(readMarkdown(markdown));
        expect(nodes.map(({ type }) => type)).not.toContainAnyValues([
          "image",
          "imageReference",
          "html",
          "definition",
        ]);
        for (const node of nodes) {
          if (node.type === "text") expect(mentionsIn(node.value)).toEqual([]);
        }
        for (const link of linksIn(markdown)) expect(link.dishonest).toEqual([]);
      }),
    );
  });
});
