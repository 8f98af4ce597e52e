import { describe, expect, test } from "bun:test";
import { htmlMessage, textMessage } from "../testing/chat-messages.ts";
import { copyablesOf } from "./copyable.ts";
import { hostedContentIdOf } from "./hosted-content.ts";

const ids = { chatId: "19:a@thread.v2", messageId: "1612289765949" };
const address = (contentId: string, { chatId, messageId } = ids) =>
  `https://graph.microsoft.com/v1.0/chats/${chatId}/messages/${messageId}/hostedContents/${contentId}/$value`;
const image = (url: string, more = "") => `<img src="${url}" ${more}>`;
const file = (contentUrl: string | null, name: string | null = null) => ({
  id: "f",
  contentType: "reference",
  contentUrl,
  name,
});

describe("a message's copyables", () => {
  test("are the pictures of its body, then its files, each once", () => {
    const message = htmlMessage(
      `<p>${image(address("one"))}</p>${image(address("two"))}${image(address("one"))}`,
      {
        attachments: [
          file("https://contoso.sharepoint.com/sites/a/report.docx", "Report.docx"),
          file("https://contoso.sharepoint.com/sites/a/report.docx", "Again.docx"),
          { id: "i", contentType: "image/png", contentUrl: address("three") },
        ],
      },
    );
    expect(copyablesOf(message).map((each) => [each.kind, each.key])).toEqual([
      ["picture", "picture:one"],
      ["picture", "picture:two"],
      ["file", "file:https://contoso.sharepoint.com/sites/a/report.docx"],
      ["picture", "picture:three"],
    ]);
  });

  test("are none for words, cards, emoji that somebody drew, and images elsewhere on the web", () => {
    const html = `${image("https://tracker.example/pixel.gif")}${image(address("smile"), 'itemtype="http://schema.skype.com/CustomEmoji"')}`;
    const attachments = [{ id: "c", contentType: "application/vnd.microsoft.card.adaptive", content: "{}" }];
    expect(copyablesOf(htmlMessage(html, { attachments }))).toEqual([]);
    expect(copyablesOf(textMessage(image(address("quoted as text"))))).toEqual([]);
  });

  test("are named by their address when they have no name, and are nothing without a web address", () => {
    const attachments = [
      file("https://contoso.sharepoint.com/My%20plan.docx"),
      file("file:///etc/passwd", "passwd"),
      file(null, "lost.docx"),
    ];
    expect(copyablesOf(htmlMessage("", { attachments }))).toMatchObject([{ name: "My plan.docx" }]);
  });

  test("are found in markup of any depth", () => {
    const deep = "<div>".repeat(20_000);
    expect(() => copyablesOf(htmlMessage(`${deep}${image(address("one"))}`))).not.toThrow();
    expect(copyablesOf(htmlMessage(`${"<b>".repeat(200)}${image(address("one"))}`))).toHaveLength(1);
  });
});

describe("the address of a hosted content", () => {
  test.each([
    [address("aWQ="), "aWQ="],
    [address("aWQ%3D"), "aWQ="],
    [address("x", { ...ids, chatId: "19%3Aa%40thread.v2" }), "x"],
    [address("x").replace("graph.microsoft.com/v1.0", "graph.microsoft.us/beta"), "x"],
  ])("%s names content of the message", (url, contentId) => {
    expect(hostedContentIdOf(url, ids)).toBe(contentId);
  });

  test.each([
    ["another chat", address("x", { ...ids, chatId: "19:other@thread.v2" })],
    ["another message", address("x", { ...ids, messageId: "1612289765950" })],
    [
      "this message behind another",
      `${address("x", { ...ids, messageId: "1" })}/..${address("x").slice(27)}/..`,
    ],
    ["no content", address("x").replace("/hostedContents/x", "")],
    ["a broken escape", address("%E0%A4")],
    ["something else", "https://example.com/cat.png"],
  ])("that names %s is not followed", (_, url) => {
    expect(hostedContentIdOf(url, ids)).toBeUndefined();
  });
});
