import { describe, expect, test } from "bun:test";
import { quoteOf } from "./testing/rendering.ts";

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
      "a\n\n> *Forwarded from Cem:|*\n>\n> was **here** @|all",
    );
  });
});

test("above its text an answer shows what it answers, with its author", () => {
  const content = JSON.stringify({ messageId: "1", messagePreview: "old # one", messageSender: sender });
  expect(attached("messageReference", { content })).toBe("> *Cem:|*\n>\n> old # one\n\na");
});
