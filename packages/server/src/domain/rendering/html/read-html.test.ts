import { describe, expect, test } from "bun:test";
import { quoteOf } from "../testing/rendering.ts";

const skype = "http://schema.skype.com";

describe("pictures", () => {
  test.each([
    ["an emoji by its character", '<emoji id="1f61b_tongue" alt="😛" title=""></emoji>', "😛"],
    ["an emoji by its title", '<emoji id="x" alt="" title="Party"></emoji>', "(Party)"],
    ["an emoji by its id", '<emoji id="partyparrot_blob"></emoji>', "(blob)"],
    ["what follows an unclosed emoji", '<p>a <emoji alt="😛"/> b <emoji alt="🎉"/>c</p>', "a 😛 b 🎉c"],
    ["an emoji image by its character", `<img itemtype="${skype}/Emoji" alt="👍🏽" src="x">`, "👍🏽"],
    [
      "a keycap as the emoji it is",
      `<img itemtype="${skype}/Emoji" alt="1\ufe0f\u20e3" src="x">`,
      "1\ufe0f\u20e3",
    ],
    [
      "somebody's own emoji by its name",
      `<img itemtype="${skype}/Emoji" alt="blob" src="x">`,
      "[Emoji: blob](teams)",
    ],
    ["a GIF", `<img itemtype="${skype}/Giphy" alt="Happy Dance" src="x">`, "[GIF: Happy Dance](teams)"],
    ["a GIF by its address", '<img src="https://media.giphy.com/a.gif" alt="GIF">', "[GIF](teams)"],
    ["a sticker", `<img itemtype="${skype}/Sticker" alt="image" title="Cat">`, "[Sticker: Cat](teams)"],
    ["an image that names a host", '<img alt="bank.com" src="x">', "Image: bank.com ([in Teams](teams))"],
    ["a video", '<video title="Demo" src="x"></video>', "[Video: Demo](teams)"],
  ])("show %s", (_, html, markdown) => {
    expect(quoteOf(html)).toBe(markdown);
  });
});

describe("pictures stand apart from what is beside them", () => {
  const image =
    '<img src="https://graph.microsoft.com/v1.0/chats/19:g@thread.v2/messages/1700000000000/hostedContents/a/$value" alt="image">';

  test.each([
    ["words", `<p>look${image}and that</p>`, "look [Image](teams) and that"],
    ["words with white space", `<p>look ${image} and that</p>`, "look [Image](teams) and that"],
    ["marked words", `<b>look</b>${image}<i>that</i>`, "**look** [Image](teams) *that*"],
    ["words within one mark", `<b>look${image}that</b>`, "**look [Image](teams) that**"],
    ["words of another element", `<span>look</span><span>${image}</span>that`, "look [Image](teams) that"],
    ["one another", `${image}${image}`, "[Image](teams) [Image](teams)"],
    ["code", `<code>a</code>${image}<code>b</code>`, "`a` [Image](teams) `b`"],
    ["a colon before and a full stop behind them", `look:${image}.`, "look: [Image](teams)."],
    [
      "words, but not from brackets",
      `look (${image}) and [${image}]`,
      "look ([Image](teams)) and &#91;[Image](teams)&#93;",
    ],
    ["words, but not from line ends", `look<br>${image}<br>that`, "look\n[Image](teams)\nthat"],
    [
      "words as links",
      `look<a href="https://a.example">${image}</a>that`,
      "look [Image](https://a.example/) (a.example) that",
    ],
    [
      "words where they name a host",
      'look<img alt="bank.com">that',
      "look Image: bank.com ([in Teams](teams)) that",
    ],
    [
      "words as emoji of one's own",
      'look<customemoji alt="blob"></customemoji>that',
      "look [Emoji: blob](teams) that",
    ],
    ["words as what nobody knows", 'look<x-y alt="T"></x-y>that', "look [T](teams) that"],
    ["words in a table", `<table><tr><td>a${image}<td>b</table>`, "| a [Image](teams) | b |\n| - | - |"],
    ["words in a heading", `<h1>a${image}b</h1>`, "### a [Image](teams) b"],
  ])("%s", (_, html, markdown) => {
    expect(quoteOf(html)).toBe(markdown);
  });

  test("unless words are all there is", () => {
    expect(quoteOf("look<a href='https://a.example'>a</a>")).toBe("look[a](https://a.example/) (a.example)");
    expect(quoteOf('look<emoji alt="🎉"></emoji>')).toBe("look🎉");
  });
});

describe("elements without a text", () => {
  const emoji =
    '<customemoji id="dGVzdA==" alt="party_blob" source="https://graph.microsoft.com/v1.0/chats/19:g@thread.v2/messages/1700000000000/hostedContents/aWQ9/$value"></customemoji>';

  test.each([
    ["an emoji of one's own by its name", `<p>${emoji}</p>`, "[Emoji: party\\_blob](teams)"],
    ["it among words", `<p>nice ${emoji} one</p>`, "nice [Emoji: party\\_blob](teams) one"],
    ["it by its character", '<customemoji alt="🎉"></customemoji>', "🎉"],
    ["it without a name", "a <customemoji></customemoji> b", "a [Emoji](teams) b"],
    ["any emoji without a name", "a <emoji></emoji> b", "a [Emoji](teams) b"],
    [
      "one of a later day by its label",
      '<p><future-widget aria-label="Whiteboard: harbour plan"></future-widget></p>',
      "[Whiteboard: harbour plan](teams)",
    ],
    ["it among words", 'a <x-y title="T"></x-y> b <x-y name="N"> </x-y>', "a [T](teams) b [N](teams)"],
    ["what follows it unclosed", '<p>a <x-y alt="T"/> b <i>c</i></p><p>d</p>', "a [T](teams) b *c*\n\nd"],
    ["a name that names a host", '<x-y alt="bank.com"></x-y>', "bank.com ([in Teams](teams))"],
    ["its text rather than its name", '<x-y title="T">a</x-y>', "a"],
    ["what stands in it rather than its name", '<x-y title="T"><img alt="b"></x-y>', "[Image: b](teams)"],
    [
      "that there is something without a name, once",
      "a <x-y></x-y> b <x-y></x-y> c",
      "a [Part of the message](teams) b c",
    ],
    ["a drawing by its title", "<svg><title>Tides</title><text>3</text></svg>", "[Image: Tides](teams)"],
    ["a drawing without one", "<svg><path d=''/></svg> a", "[Image](teams) a"],
    [
      "a formula by its label",
      '<math aria-label="root of two"><mrow></mrow></math>',
      "[Formula: root of two](teams)",
    ],
    ["something embedded", '<object data="x" title="Plan"><param name="a"></object>', "[Plan](teams)"],
    [
      "a button and a field",
      '<button name="Vote"></button> <input title="Name">',
      "[Vote](teams) [Name](teams)",
    ],
    ["a picture by its label", '<img alt="image" aria-label="Quay">', "[Image: Quay](teams)"],
    ["a form by its title", '<span title="Smile" class="x"></span>', "[Smile](teams)"],
    [
      "a link by its title",
      '<a href="https://a.example/" title="Plan"></a>',
      "[Plan](https://a.example/) (a.example)",
    ],
    ["a cell by its title", "<table><tr><td>a<td title='T'></table>", "| a | [T](teams) |\n| - | - |"],
    ["no target of a link", 'a<a name="_Hlk1"></a>', "a"],
    ["no hidden field", 'a<input type="hidden" name="token">', "a"],
    ["no marks of Office", "<p>a<o:p>&nbsp;</o:p></p>", "a"],
    ["no part that browsers hide", 'a<template title="T">b</template><meta name="N">', "a"],
    ["system marks as nothing", "<systemEventMessage/>a", "a"],
    [
      "a caption above its table",
      "<table><caption>C</caption><tr><td>a<td>b</table>",
      "C\n\n| a | b |\n| - | - |",
    ],
  ])("show %s", (_, html, markdown) => {
    expect(quoteOf(html)).toBe(markdown);
  });
});

describe("mentions", () => {
  const user = (id: number, teamsUserId: string, mentionText: string) => ({
    id,
    mentionText,
    mentioned: { user: { id: teamsUserId } },
  });
  const mentions = [
    user(0, "BEN-ID", "Ben"),
    user(1, "ben-id", "Ode"),
    user(2, "cem-id", "Cem"),
    user(3, "cem-id", "Ay"),
    { id: 4, mentionText: "Everyone", mentioned: { conversation: { id: "19:a@thread.v2" } } },
    { id: 5, mentionText: "Ops", mentioned: { tag: { id: "t" } } },
    { id: 6, mentionText: "Bot", mentioned: { application: { id: "b" } } },
    { id: 7, mentionText: "General", mentioned: { conversation: { id: "19:other@thread.tacv2" } } },
  ];

  test.each([
    ["of the reader in bold", '<at id="0">Ben</at> hi', "**Ben** hi"],
    ["of the reader in parts as one", '<at id="0">Ben</at>&nbsp;<at id="1">Ode</at>', "**Ben Ode**"],
    ["in parts without a space", '<at id="2">Cem</at><at id="3">Ay</at>', "Cem Ay"],
    ["of two people as they stand", '<at id="2">Cem</at><at id="0">Ben</at>', "Cem**Ben**"],
    ["of everyone in bold", '<at id="4">Everyone</at>', "**Everyone**"],
    [
      "of a tag, an app and a channel as names",
      '<at id="5">Ops</at>, <at id="6">Bot</at>, <at id="7">General</at>',
      "Ops, Bot, General",
    ],
    [
      "written by the composer",
      `<span itemtype="${skype}/Mention" itemscope itemid="0">Ben</span>`,
      "**Ben**",
    ],
    ["without a text by their names", '<at id="2"></at>', "Cem"],
    ["of nobody known as they stand", '<at id="9">@all</at>', "@|all"],
  ])("%s", (_, html, markdown) => {
    expect(quoteOf(html, { mentions })).toBe(markdown);
  });
});

describe("lists directly in lists belong to the item before them", () => {
  test.each([
    ["bullets", "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", "- a\n  - b\n- c"],
    ["numbers", "<ol><li>a</li><ol><li>b</li></ol><li>c</li></ol>", "1. a\n   1. b\n2. c"],
    ["of either kind", "<ol><li>a</li>\n<ul><li>b</li></ul>\n<li>c</li></ol>", "1. a\n   - b\n2. c"],
    ["over two levels", "<ul><li>a</li><ul><ul><li>b</li></ul></ul></ul>", "- a\n  - b"],
    ["at the beginning, as indentation", "<ul><ul><li>a</li></ul><li>b</li></ul>", "- a\n- b"],
  ])("%s", (_, html, markdown) => {
    expect(quoteOf(html)).toBe(markdown);
  });
});

describe("markup", () => {
  test.each([
    [
      "code with its language on the inner element",
      '<pre><code class="language-js">a</code></pre>',
      "```js\na\n```",
    ],
    [
      "code in lines of its own",
      "<codeblock><code><p>a</p><div>b</div></code></codeblock>",
      "```\na\nb\n```",
    ],
    [
      "code with the indentation and the empty lines that it has",
      "<codeblock><code>a<br>  b<br><br>\tc\n  d</code></codeblock>",
      "```\na\n  b\n\n\tc\n  d\n```",
    ],
    [
      "code without a language that says so",
      '<codeblock class="PlainText"><code>a</code></codeblock>',
      "```\na\n```",
    ],
    [
      "no language that is more than a name",
      '<codeblock class="a`b"><code>a</code></codeblock>',
      "```\na\n```",
    ],
    ["raised numbers in their characters", "10<sup>-6</sup> m<sup>2</sup>", "10⁻⁶ m²"],
    ["lowered numbers in their characters", "H<sub>2</sub>O, x<sub>n</sub>", "H₂O, x\\_(n)"],
    ["other raised text in brackets", "2<sup>n<b>+1</b></sup> a<sup></sup>", "2^(n**|+1**) a"],
    [
      "raised numbers that are links as such",
      'a<sup><a href="https://a.example/1">1</a></sup>',
      "a^([1](https://a.example/1) (a.example))",
    ],
    ["empty elements as nothing", "a<b></b><i><u></u></i> <span> </span>b<!-- c -->", "a b"],
    ["links to write to as text", '<a href="mailto:ann@a.example">Ann</a>', "Ann (ann@a.example)"],
    [
      "pictures within a link",
      '<a href="https://a.example"><img alt="x" src="y"></a>',
      "[Image: x](https://a.example/) (a.example)",
    ],
  ])("shows %s", (_, html, markdown) => {
    expect(quoteOf(html)).toBe(markdown);
  });

  test("beyond what anybody would write takes no more time than other text", () => {
    for (const piece of [
      "<b></b>",
      "<b> </b>",
      "<at id=0></at>",
      "<a href=x>",
      "<svg>",
      "<ul><li>a",
      "<ol>",
      "<ol><li></li>",
      "<x-y></x-y>",
      "<x-y alt=a></x-y>",
      "<x-y/>",
      "<img>",
      "<caption>",
    ]) {
      quoteOf(piece.repeat(28_000 / piece.length));
    }
  });
});
