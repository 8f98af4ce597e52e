import { describe, expect, test } from "bun:test";
import { htmlMessage } from "../testing/chat-messages.ts";
import { renderPost } from "./render-post.ts";
import { context, quoteOf } from "./testing/rendering.ts";

const attached = (contentType: string, rest: object = {}, html = "<p>a</p>") =>
  quoteOf(html, { attachments: [{ id: "1", contentType, ...rest }] });

const sender = { user: { id: "cem", displayName: "Cem", userIdentityType: "aadUser" } };

describe("below its text a message shows", () => {
  test.each([
    [
      "a file",
      "reference",
      { name: "plan.docx", contentUrl: "https://contoso.sharepoint.com/s/plan.docx" },
      "File: [plan.docx](https://contoso.sharepoint.com/s/plan.docx) (contoso.sharepoint.com)",
    ],
    ["a file that cannot be opened", "reference", { name: "plan.docx" }, "[File](teams): plan.docx"],
    [
      "a file with a misleading name",
      "reference",
      { name: "bank.com", contentUrl: "https://evil.example/x" },
      "File: bank.com ([evil.example](https://evil.example/x))",
    ],
    ["a meeting", "meetingReference", { name: "Standup" }, "[Meeting](teams): Standup"],
    ["what has no name", "tabReference", {}, "[Tab](teams)"],
    ["what it does not know", "hologram/v9", { name: "@all" }, "[Attachment](teams): @|all"],
  ])("%s", (_, contentType, rest, markdown) => {
    expect(attached(contentType, rest)).toBe(`a\n\n${markdown}`);
  });

  test("the original of a forwarded message, with its author", () => {
    const content = JSON.stringify({
      originalMessageContent: "<p>was <b>here</b> @all</p>",
      originalMessageSender: sender,
    });
    expect(attached("forwardedMessageReference", { content })).toBe(
      "a\n\n> Forwarded from **Cem**:\n>\n> was **here** @|all",
    );
  });
});

describe("the original of a forwarded message", () => {
  const forward = (id: string, originalMessageContent?: string) => ({
    id,
    contentType: "forwardedMessageReference",
    content: JSON.stringify({ originalMessageContent, originalMessageSender: sender }),
  });
  const file = (id: string) => ({ id, contentType: "reference", name: `${id}.pdf` });
  const place = (id: string) => `<attachment id="${id}"></attachment>`;

  test.each([
    ["without content leads to Teams", [forward("1")], "> Forwarded from **Cem**:\n>\n> [Message](teams)"],
    [
      "of nothing that is known leads to Teams",
      [forward("1", `<p>${place("9")}&nbsp;</p>`)],
      "> Forwarded from **Cem**:\n>\n> [Message](teams)",
    ],
    [
      "of a file names it",
      [forward("1", place("2")), file("2")],
      "> Forwarded from **Cem**:\n>\n> [File](teams): 2.pdf",
    ],
    [
      "holds a file once, in the first that has a place for it",
      [forward("1", `a${place("2")}`), forward("3", `b${place("2")}`), file("2"), file("4")],
      "> Forwarded from **Cem**:\n>\n> a\n>\n> [File](teams): 2.pdf\n\n> Forwarded from **Cem**:\n>\n> b\n\n[File](teams): 4.pdf",
    ],
    [
      "cannot hold another",
      [forward("1", `a${place("2")}`), forward("2", `b${place("1")}`)],
      "> Forwarded from **Cem**:\n>\n> a\n\n> Forwarded from **Cem**:\n>\n> b",
    ],
  ])("%s", (_, attachments, markdown) => {
    expect(quoteOf("", { attachments })).toBe(markdown);
  });

  test("holds nothing that has its place in the body", () => {
    const attachments = [forward("1", `a${place("2")}`), file("2")];
    expect(quoteOf(`b${place("2")}`, { attachments })).toBe(
      "b\n\n[File](teams): 2.pdf\n\n> Forwarded from **Cem**:\n>\n> a",
    );
  });
});

describe("a code snippet", () => {
  const snippet = {
    name: "fix",
    content: JSON.stringify({ language: "Go", codeSnippetUrl: "https://graph.example/1/$value" }),
  };
  const contentType = "application/vnd.microsoft.card.codesnippet";

  test("is named and to be looked at in Teams", () => {
    expect(attached(contentType, snippet)).toBe("a\n\n[Code snippet](teams): fix");
    expect(attached(contentType, { ...snippet, name: null })).toBe("a\n\n[Code snippet](teams): Go");
  });

  test("is shown once its text has been fetched", () => {
    const snippets = new Map([["https://graph.example/1/$value", "x := 1\n\u2424```\n"]]);
    const message = htmlMessage("", { attachments: [{ id: "1", contentType, ...snippet }] });
    expect(renderPost(message, { ...context, snippets }).message).toEndWith(
      "\n\n> ````go\n> x := 1\n>\n> ```\n> ````",
    );
  });
});

describe("an attachment", () => {
  const file = (id: string) => ({ id, contentType: "reference", name: `${id}.pdf` });

  test("stands where the body has its place", () => {
    const quoted = (id: string) => ({
      id,
      contentType: "messageReference",
      content: JSON.stringify({ messagePreview: `old ${id}`, messageSender: sender }),
    });
    expect(
      quoteOf('<attachment id="1"></attachment><p>one</p><attachment id="2"/><p>two</p>', {
        attachments: [quoted("1"), quoted("2"), file("3")],
      }),
    ).toBe("> **Cem**:\n>\n> old 1\n\none\n\n> **Cem**:\n>\n> old 2\n\ntwo\n\n[File](teams): 3.pdf");
  });

  test("within a paragraph has a line of its own", () => {
    expect(quoteOf('<p>a <attachment id="1"></attachment> b</p>', { attachments: [file("1")] })).toBe(
      "a\n[File](teams): 1.pdf\nb",
    );
  });

  test("is shown once, however many places it has", () => {
    const place = '<attachment id="1"></attachment>';
    expect(quoteOf(place.repeat(3), { attachments: [file("1"), file("1")] })).toBe(
      "[File](teams): 1.pdf\n[File](teams): 1.pdf",
    );
  });

  test("is nothing where there is a place only", () => {
    expect(quoteOf('a<attachment id="9"></attachment>b')).toBe("a\n\nb");
  });
});

test("above its text an answer shows what it answers, with its author", () => {
  const content = JSON.stringify({ messageId: "1", messagePreview: "old # one", messageSender: sender });
  expect(attached("messageReference", { content })).toBe("> **Cem**:\n>\n> old # one\n\na");
});

test("an answer to HTML shows what that says", () => {
  const content = JSON.stringify({ messagePreview: "<p>old <b>one</b></p>", messageSender: sender });
  expect(attached("messageReference", { content })).toBe("> **Cem**:\n>\n> old **one**\n\na");
});

test("an answer to what has no text leads to Teams", () => {
  const content = JSON.stringify({ messageId: "1", messagePreview: " ", messageSender: sender });
  expect(attached("messageReference", { content })).toBe("> **Cem**:\n>\n> [Message](teams)\n\na");
});
