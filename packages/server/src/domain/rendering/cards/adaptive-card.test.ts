import { describe, expect, test } from "bun:test";
import { cardOf } from "../testing/cards.ts";

const adaptive = (...body: unknown[]) => cardOf("adaptive", { type: "AdaptiveCard", version: "1.5", body });
const block = (text: string, more: object = {}) => ({ type: "TextBlock", text, ...more });
const hidden = block("a", { id: "more", isVisible: false });
const open = { type: "Action.OpenUrl", url: "https://a.example" };
const toggle = (target: unknown) => ({ type: "Action.ToggleVisibility", targetElements: [target] });

describe("an adaptive card shows", () => {
  test.each([
    [
      "a text with its Markdown",
      block("Build **12** of _main_ [log](https://ci.example/12)"),
      "Build **12** of *main* [log](https://ci.example/12) (ci.example)",
    ],
    ["lines and lists of a text", block("one\ntwo\n\n- a\n- b"), "one\ntwo\n\n- a\n- b"],
    ["a weighty text in bold", block("Release", { weight: "Bolder" }), "**Release**"],
    ["a number at the beginning of one", block("1. May", { weight: "Bolder" }), "**1. May**"],
    ["a large text in bold", block("Release", { size: "ExtraLarge" }), "**Release**"],
    ["a heading in bold", block("Release **now**", { style: "heading" }), "**Release now**"],
    [
      "dates and times in UTC",
      block("{{DATE(2024-05-01T23:30:00-02:00, LONG)}}, {{TIME(2024-05-01T10:05:00Z)}}"),
      "2024-05-02 UTC, 10:05 UTC",
    ],
    ["tags as the text they are", block("<b>a</b>"), "<|b>a<|/b>"],
    [
      "pictures in a text as links",
      block("![x](https://evil.example/x.png)"),
      "[Image: x](https://evil.example/x.png) (evil.example)",
    ],
    ["no part that stays hidden", block("a", { isVisible: false }), "[Card](teams): adaptive"],
    [
      "rich text",
      {
        type: "RichTextBlock",
        inlines: [
          "plain ",
          { type: "TextRun", text: "bold", weight: "bolder" },
          { type: "TextRun", text: " struck", strikethrough: true, italic: true },
          { type: "TextRun", text: " code", fontType: "monospace" },
          {
            type: "TextRun",
            text: " go",
            selectAction: { type: "Action.OpenUrl", url: "https://a.example" },
          },
          { type: "Future" },
          " {{DATE(2024-05-01T10:00:00Z)}}",
        ],
      },
      "plain **bold** ~~|*struck*|~~ `code`[go](https://a.example/) (a.example) 2024-05-01 UTC",
    ],
    [
      "facts",
      { type: "FactSet", facts: [{ title: "Board", value: "Plans" }, { title: "Due", value: "@all" }, null] },
      "**Board** Plans\n**Due** @|all",
    ],
    [
      "Markdown, dates and times in facts",
      {
        type: "FactSet",
        facts: [
          {
            title: "Due _soon_",
            value: "{{DATE(2024-05-01T10:00:00Z, SHORT)}} **{{TIME(2024-05-01T10:00:00Z)}}**",
          },
          { title: "Log", value: "[12](https://ci.example/12)" },
          { title: "Day", value: "1. May" },
        ],
      },
      "**Due *soon*|** 2024-05-01 UTC **10:00 UTC**\n**Log** [12](https://ci.example/12) (ci.example)\n**Day** 1. May",
    ],
    [
      "what a container holds",
      { type: "Container", items: [block("a"), { type: "Container", items: [block("b")] }] },
      "a\n\nb",
    ],
    [
      "columns of one line side by side",
      { type: "ColumnSet", columns: [{ items: [block("a")] }, { type: "Column", items: [block("b")] }, {}] },
      "a · b",
    ],
    [
      "columns of more below each other",
      { type: "ColumnSet", columns: [{ items: [block("a")] }, { items: [block("b"), block("c")] }] },
      "a\n\nb\n\nc",
    ],
    [
      "an image as a link",
      { type: "Image", url: "https://a.example/i.png", altText: "Chart" },
      "[Image: Chart](https://a.example/i.png) (a.example)",
    ],
    [
      "an image within the card as one to be seen in Teams",
      { type: "Image", url: "data:image/png;base64,AA" },
      "[Image](teams)",
    ],
    [
      "sets of images in a line",
      { type: "ImageSet", images: [{ url: "https://a.example/1" }, { url: "https://b.example/2" }] },
      "[Image](https://a.example/1) (a.example) · [Image](https://b.example/2) (b.example)",
    ],
    [
      "media",
      { type: "Media", altText: "Demo", sources: [{ url: "https://a.example/v" }] },
      "[Media: Demo](https://a.example/v) (a.example)",
    ],
    [
      "a table",
      {
        type: "Table",
        columns: [{}, {}],
        rows: [
          {
            type: "TableRow",
            cells: [{ type: "TableCell", items: [block("Name")] }, { items: [block("State")] }],
          },
          { cells: [{ items: [block("a")] }, { items: [block("b"), block("c")] }] },
        ],
      },
      "| Name | State |\n| - | - |\n| a | b / c |",
    ],
    ["code", { type: "CodeBlock", codeSnippet: "a\n  b", language: "Go" }, "```go\na\n  b\n```"],
    [
      "pages of a carousel",
      { type: "Carousel", pages: [{ type: "CarouselPage", items: [block("a")] }] },
      "a",
    ],
    [
      "fields as something to do in Teams",
      { type: "Input.Text", label: "Why?" },
      "[Why? (answer in Teams)](teams)",
    ],
    ["what its author gave in place of what is new", { type: "Hologram", fallback: block("flat") }, "flat"],
    ["fields without a label", { type: "Input.Toggle" }, "[Field (answer in Teams)](teams)"],
    ["charts by their titles", { type: "Chart.Donut", title: "Tides" }, "[Chart: Tides](teams)"],
    ["charts without a title", { type: "Chart.Line" }, "[Chart](teams)"],
    ["progress", { type: "ProgressBar", value: 30 }, "[Progress: 30 of 100](teams)"],
    ["ratings", { type: "Rating", value: 3.5, max: 10 }, "[Rating: 3.5 of 10](teams)"],
    ["no ornaments", { type: "Icon", name: "Bell" }, "[Card](teams): adaptive"],
    ["what is new by its texts", { type: "Badge", text: "New" }, "New"],
    [
      "actions: addresses as links, others to be done in Teams",
      {
        type: "ActionSet",
        actions: [
          { type: "Action.OpenUrl", title: "View", url: "https://a.example/v" },
          { type: "Action.OpenUrl", title: "bank.com", url: "https://evil.example" },
          { type: "Action.OpenUrl", title: "Run", url: "javascript:alert(1)" },
          { type: "Action.Execute", title: "Approve" },
          { type: "Action.ToggleVisibility", title: "More" },
          { type: "Action.ResetInputs", title: "Clear" },
          { type: "Action.Popover", title: "Details" },
        ],
      },
      "[View](https://a.example/v) (a.example) · bank.com ([evil.example](https://evil.example/)) · Run · [Approve (in Teams)](teams) · [Details (in Teams)](teams)",
    ],
  ])("%s", (_, element, markdown) => {
    expect(adaptive(element)).toBe(markdown);
  });

  test.each([
    ["an action of the card", { actions: [toggle("more")] }],
    ["a press on the card", { selectAction: toggle({ elementId: "more" }) }],
    [
      "a press on a part",
      { body: [hidden, { type: "Container", selectAction: toggle({ elementId: "more", isVisible: true }) }] },
    ],
  ])("parts that %s shows", (_, card) => {
    expect(cardOf("adaptive", { body: [hidden], ...card })).toBe("a");
  });

  test("no part that an action only hides", () => {
    const actions = [toggle({ elementId: "more", isVisible: false })];
    expect(cardOf("adaptive", { body: [block("b"), hidden], actions })).toBe("b");
  });

  test.each([
    [
      "a part",
      [{ type: "Container", items: [block("a"), block("b")], selectAction: open }],
      "a\n\nb\n\n[Open](https://a.example/) (a.example)",
    ],
    [
      "a part without content",
      [{ type: "Container", selectAction: open }],
      "[Open](https://a.example/) (a.example)",
    ],
    [
      "a column",
      [
        {
          type: "ColumnSet",
          columns: [
            { items: [block("a")], selectAction: { ...open, title: "Log" } },
            { items: [block("b")] },
          ],
        },
      ],
      "a · [Log](https://a.example/) (a.example) · b",
    ],
    [
      "columns",
      [{ type: "ColumnSet", columns: [{ items: [block("a")] }], selectAction: open }],
      "a · [Open](https://a.example/) (a.example)",
    ],
    [
      "what is done in Teams",
      [
        {
          type: "Container",
          items: [block("a")],
          selectAction: { type: "Action.Submit", title: "Approve" },
        },
      ],
      "a · [Approve (in Teams)](teams)",
    ],
    [
      "what has no name",
      [{ type: "Container", items: [block("a")], selectAction: { type: "Action.Submit" } }],
      "a",
    ],
  ])("where a press on %s leads", (_, body, markdown) => {
    expect(adaptive(...body)).toBe(markdown);
  });

  test("where a press on the whole card leads", () => {
    expect(cardOf("adaptive", { body: [block("a"), block("b")], selectAction: open })).toBe(
      "a\n\nb\n\n[Open](https://a.example/) (a.example)",
    );
  });

  test.each([[open], [{ type: "Action.Submit", title: "Approve" }]])(
    "once what a button says, too: %p",
    (action) => {
      const titled = { title: "Open", ...action };
      const body = [{ type: "Container", items: [block("a")], selectAction: action }];
      expect(cardOf("adaptive", { body, actions: [titled] })).toBe(
        cardOf("adaptive", { body: [block("a")], actions: [titled] }),
      );
    },
  );

  test("where a press leads that only a card behind a button says as well", () => {
    const actions = [{ type: "Action.ShowCard", title: "More", card: { actions: [open] } }];
    expect(cardOf("adaptive", { body: [block("a")], selectAction: open, actions })).toBe(
      "a · [Open](https://a.example/) (a.example)\n\n[More (in Teams)](teams)",
    );
  });

  test("the actions of the whole card last", () => {
    const actions = [{ type: "Action.OpenUrl", title: "Open", url: "https://a.example" }];
    expect(cardOf("adaptive", { body: [block("a")], actions })).toBe(
      "a\n\n[Open](https://a.example/) (a.example)",
    );
  });

  test("what is new and says nothing as a part of it, beside others", () => {
    expect(adaptive(block("a"), { type: "Hologram", fallback: "drop" })).toBe(
      "a\n\n[Part of the card](teams)",
    );
    expect(adaptive({ type: "Hologram" })).toBe("[Card](teams): adaptive");
  });

  test("its text for clients that cannot show it when nothing else is there", () => {
    expect(cardOf("adaptive", { body: [{ type: "Hologram" }], fallbackText: "See" })).toBe("See");
    expect(cardOf("adaptive", { body: [], fallbackText: "See **Teams**" })).toBe("See **Teams**");
  });

  test("nothing of what is nested beyond reason", () => {
    let element: unknown = block("deep");
    for (let depth = 0; depth < 500; depth += 1) element = { type: "Container", items: [element] };
    expect(adaptive(block("a"), element)).toBe("a");
  });
});
