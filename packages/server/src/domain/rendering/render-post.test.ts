import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { isEmptyMessage } from "../chat-message.ts";
import { cloudAddresses } from "../cloud.ts";
import { htmlMessage, textMessage } from "../testing/chat-messages.ts";
import { maxPostRunes } from "./fit-length.ts";
import { renderDeleted, renderEdited, renderPost } from "./render-post.ts";
import { foreignHtml } from "./testing/foreign-html.ts";
import { foreignText, mentionsIn } from "./testing/foreign-text.ts";
import { linksIn, nodesIn, readMarkdown, readPost, visibleText } from "./testing/reading.ts";
import { context, messageUrl, quoteOf } from "./testing/rendering.ts";
import { cleanText } from "./text/clean-text.ts";

describe("a post", () => {
  test("is one line of ours and the message in a quote", () => {
    expect(renderPost(htmlMessage("<p>Hello <b>Ben</b></p>"), context).message).toBe(
      `**Ann Lee** in **Release** (group chat, you and 2 others) · [Open in Teams](${messageUrl})\n\n> Hello **Ben**`,
    );
  });

  test("links to the Teams of the message's cloud", () => {
    const china = { ...context, cloud: cloudAddresses("china") };
    expect(renderPost(htmlMessage("x"), china).message).toContain(
      "(https://teams.microsoftonline.cn/l/message/",
    );
  });

  test("is its header alone when the message holds nothing", () => {
    expect(renderPost(htmlMessage("<p>&nbsp;</p>"), context).message).not.toContain("\n");
  });

  test("leads to Teams when nothing of the message can be shown", () => {
    expect(quoteOf('<attachment id="9"></attachment>')).toBe("[Message](teams)");
    expect(quoteOf("<style>p { color: red }</style>")).toBe("[Message](teams)");
  });

  test("keeps the lines and empty lines of plain text", () => {
    const { message } = renderPost(textMessage("one\r\ntwo\n\n\nthree <b> &amp;"), context);
    expect(message.split("\n").slice(2)).toEqual(["> one", "> two", ">", "> three <\u200bb> &\u200bamp;"]);
  });

  test("begins its quote with the subject", () => {
    expect(quoteOf("<p>a</p>", { subject: "Big @all\nnews" })).toBe("**Big @|all news**\n\na");
  });
});

describe("the post of a message", () => {
  const message = htmlMessage("<p>new text</p>", { subject: "News", importance: "high" });

  test.each([
    ["normal", undefined],
    ["high", "important"],
    ["urgent", "urgent"],
  ])("of importance %p has the priority %p", (importance, priority) => {
    expect(renderPost(htmlMessage("a", { importance }), context).priority as string | undefined).toBe(
      priority,
    );
  });

  test("that was edited has the new text and says so", () => {
    expect(renderEdited(message, context)).toEqual({
      message: `Important: **Ann Lee** in **Release** (group chat, you and 2 others) · edited · [Open in Teams](${messageUrl})\n\n> **News**\n>\n> new text`,
      priority: "important",
    });
  });

  test("that was deleted has nothing of its text left", () => {
    const file = { id: "1", contentType: "reference", name: "x" };
    expect(renderDeleted({ ...message, attachments: [] }, context).message).toBe(
      `Important: **Ann Lee** in **Release** (group chat, you and 2 others) · deleted in Teams · [Open in Teams](${messageUrl})`,
    );
    const withFile = htmlMessage("a", { attachments: [file] });
    expect(renderDeleted(withFile, context).message).not.toContain("\n");
  });

  test("that was deleted names whom its first form named, as Graph has forgotten them", () => {
    const deleted = htmlMessage("", { from: null });
    expect(renderDeleted(deleted, { ...context, sender: message.sender }).message).toStartWith(
      "**Ann Lee** in",
    );
    expect(renderDeleted(deleted, context).message).toStartWith("**Someone** in");
  });
});

describe("a message body", () => {
  test.each([
    ["paragraphs", "<p>a</p>\n<p>b</p><p>&nbsp;</p><p></p><p>c</p>", "a\n\nb\n\nc"],
    ["lines", "<p>a<br>b<br><br>c</p>", "a\nb\nc"],
    [
      "bold, italic and struck text",
      "<b>a</b> <i>b</i> <s>c</s> <strong>d</strong>",
      "**a** *b* ~~c~~ **d**",
    ],
    ["underlined text, without its line", "<u>a</u>", "a"],
    ["no-break spaces", "a&nbsp;&nbsp;b&nbsp;", "a b"],
    ["a link", '<a href="https://a.example/x">plan</a>', "[plan](https://a.example/x) (a.example)"],
    ["a bare address", "see https://a.example/x.", "see [https://a.example/x](https://a.example/x)."],
    ["a list", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"],
    ["a numbered list", '<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"],
    ["a quote", "<blockquote>a</blockquote><p>b</p>", "> a\n\nb"],
    ["a heading, smaller", "<h1>a</h1>", "### a"],
    ["a line", "a<hr>b", "a\n\n---\n\nb"],
    ["code in a line", "a <code>b*c</code>", "a `b*c`"],
    ["code with backticks", "<code>a`b``c</code> <code>`</code>", "```a`b``c``` `` ` ``"],
    [
      "a code block",
      '<codeblock class="Python"><code>if a:<br>&nbsp;&nbsp;b</code></codeblock>',
      "```python\nif a:\n  b\n```",
    ],
    ["a code block of old", "<pre>a\n\n  b</pre>", "```\na\n\n  b\n```"],
    ["a fence within code", "<pre>```\n@all</pre>", "````\n```\n@all\n````"],
    ["TeX as its source", '<pre class="latex">x^2</pre>', "```latexcode\nx^2\n```"],
    ["a mention, as a name", 'hi <at id="0">Ann Lee</at>', "hi Ann Lee"],
    ["an emoji", 'a <emoji id="1f61b" alt="😛" title="Tongue"></emoji> b', "a 😛 b"],
    ["an emoji at the end of bold text", '<b>a</b> <emoji alt="😛"></emoji>', "**a** 😛"],
    ["an image", '<p>a <img src="https://evil.example/x.png" alt="cat"></p>', "a [Image: cat](teams)"],
    ["an image without a name", '<img alt="image" src="x">', "[Image](teams)"],
    ["an emoji image", '<img itemtype="http://schema.skype.com/Emoji" alt="🎉" src="x">', "🎉"],
    [
      "right-to-left text",
      "<p dir=rtl>\u05e9\u05dc\u05d5\u05dd.</p>",
      "\u2067\u05e9\u05dc\u05d5\u05dd.\u2069",
    ],
    ["scripts and styles not at all", "<style>a</style><script>b</script>c<!-- d -->", "c"],
    ["what it does not know by its text", "<blink>a</blink> <x-y>b</x-y>", "a b"],
  ])("shows %s", (_, html, markdown) => {
    expect(quoteOf(html)).toBe(markdown);
  });

  test.each([
    ["mention", "@all @channel @here", "@|all @|channel @|here"],
    ["mention from within a tag", "<b>@</b>all", "**|@|**all"],
    ["open a channel", "~town-square #tag", "\\~|town-square #|tag"],
    ["draw an emoji", ":smile:", ":|smile:"],
    [
      "load an image",
      "![x](https://evil.example/p.png)",
      "!&#91;x&#93;([https://evil.example/p.png](https://evil.example/p.png))",
    ],
    ["draw a formula", "$x$ and $5", "&#36;x&#36; and &#36;5"],
    ["begin a list, heading or quote", "- a<br># b<br>1. c<br>&gt; d", "\\- a\n\\# b\n1\\. c\n\\> d"],
    ["leave the quote", "a\u2424\u2424b", "a b"],
    [
      "pretend to lead elsewhere",
      '<a href="https://evil.example">https://bank.example</a>',
      "https:|//bank.example ([evil.example](https://evil.example/))",
    ],
    ["run a script", '<a href="javascript:alert(1)">a</a>', "a"],
  ])("cannot %s", (_, html, markdown) => {
    expect(quoteOf(html)).toBe(markdown);
  });

  test("nested beyond reason is shown as its text", () => {
    expect(quoteOf(`${"<blockquote>".repeat(5_000)}deep`)).toBe("deep");
  });
});

describe("whatever somebody writes", () => {
  const rendered = fc
    .tuple(foreignHtml, foreignText, foreignText, fc.boolean())
    .map(([body, topic, displayName, isHtml]) => {
      const change = { subject: topic, from: { user: { id: "eve-id", displayName } } };
      const message = isHtml ? htmlMessage(body, change) : textMessage(body, change);
      const chat = { id: message.chatId, kind: "group", topic, members: [] } as const;
      return renderPost(message, { ...context, chat }).message;
    });

  test("stays in one quote below one line", () => {
    fc.assert(
      fc.property(rendered, (markdown) => {
        expect(readPost(markdown).header).toEndWith("Open in Teams");
      }),
    );
  });

  test("is shown in some way unless it is empty", () => {
    fc.assert(
      fc.property(foreignHtml, (html) => {
        const message = htmlMessage(html);
        if (!isEmptyMessage(message)) expect(renderPost(message, context).message).toContain("\n\n>");
      }),
    );
  });

  test("mentions nobody, outside of code", () => {
    fc.assert(
      fc.property(rendered, (markdown) => {
        const texts = nodesIn(readMarkdown(markdown)).filter(({ type }) => type === "text");
        // What one reads, and what stands in the raw text, which Mattermost's server looks at as well.
        for (const node of texts) expect("value" in node ? mentionsIn(node.value) : []).toEqual([]);
      }),
    );
  });

  test("loads nothing and defines nothing", () => {
    fc.assert(
      fc.property(rendered, (markdown) => {
        const types = nodesIn(readMarkdown(markdown)).map(({ type }) => type);
        expect(types).not.toContainAnyValues(["image", "imageReference", "html", "definition"]);
      }),
    );
  });

  test("leads only where it says", () => {
    fc.assert(
      fc.property(rendered, (markdown) => {
        for (const link of linksIn(markdown)) expect(link.dishonest).toEqual([]);
      }),
    );
  });

  test("fits into a post", () => {
    fc.assert(
      fc.property(foreignText, fc.integer({ min: 1, max: 40_000 }), (text, length) => {
        const long = `${text}a\n\n`.repeat(Math.ceil(length / (text.length + 3)));
        const { message } = renderPost(textMessage(long), context);
        expect([...message].length).toBeLessThanOrEqual(maxPostRunes);
        readPost(message);
      }),
      { numRuns: 30 },
    );
  });

  test("loses no word", () => {
    const tags =
      "p div span b i s u sup a h2 ul ol li blockquote table tr td th code at font unknown-element".split(
        " ",
      );
    const markup = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.constant("#"),
        fc
          .tuple(fc.constantFrom(...tags), fc.array(tie("node"), { maxLength: 3 }), fc.boolean())
          .map(([tag, content, closed]) => `<${tag}>${content.join(" ")}${closed ? `</${tag}>` : ""}`),
      ),
    })).node;
    fc.assert(
      fc.property(fc.array(markup, { maxLength: 5 }), (parts) => {
        let count = 0;
        const html = parts.join("").replaceAll("#", () => `word${++count}x`);
        const { message } = renderPost(htmlMessage(html), context);
        const found = [...message.matchAll(/word(\d+)x/g)].map(([, number]) => Number(number));
        expect(found.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
      }),
    );
  });

  test("names every element that has nothing but a name", () => {
    const inner = fc.tuple(
      fc.constantFrom(
        ..."customemoji emoji future-widget x-y object embed svg canvas button select progress".split(" "),
      ),
      fc.constantFrom("alt", "title", "aria-label"),
      fc.constantFrom("", "/"),
    );
    const outer = fc.constantFrom(
      "",
      ..."p div span b a li ul td table blockquote h2 at x-z future-widget".split(" "),
    );
    fc.assert(
      fc.property(inner, fc.array(outer, { maxLength: 4 }), ([tag, attribute, slash], around) => {
        const named = `<${tag} ${attribute}="harbour plan"${slash}>${slash === "" ? `</${tag}>` : ""}`;
        const html = around.reduce(
          (content, each) => (each === "" ? content : `<${each}>${content}</${each}>`),
          named,
        );
        const message = htmlMessage(html);
        expect(isEmptyMessage(message)).toBe(false);
        expect(renderPost(message, context).message).toContain("harbour plan");
      }),
    );
  });

  test("in plain text is shown exactly", () => {
    // But for white space, and for addresses, which show their host as well.
    const letters = (text: string) => text.replace(/[\s\u200b]/g, "");
    fc.assert(
      fc.property(foreignText, (text) => {
        const written = `a ${text.replace(/https?:|www\./gi, "")} z`;
        const { quote } = readPost(renderPost(textMessage(written), context).message);
        expect(letters(quote.map(visibleText).join(""))).toBe(letters(cleanText(written)));
      }),
    );
  });
});

describe("a message beyond a post's length", () => {
  const long = Array.from({ length: 400 }, (_, index) => `<p>${index} ${"word ".repeat(20)}</p>`).join("");

  test("ends with a paragraph and a link to the rest", () => {
    const { message } = renderPost(htmlMessage(long), context);
    const { quote, rest } = readPost(message);
    expect(rest).toBe("The message is longer. Read the rest in Teams");
    expect(quote.every((block) => /^\d+ (word ?){20}$/.test(visibleText(block)))).toBe(true);
    expect([...message].length).toBeGreaterThan(maxPostRunes - 300);
  });
});
