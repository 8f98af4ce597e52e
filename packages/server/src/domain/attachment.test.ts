import { describe, expect, test } from "bun:test";
import { parseAttachment } from "./attachment.ts";

const named = { id: "1", name: "N" };
const nobody = { kind: "none" };

describe("an attachment", () => {
  test.each([
    ["reference", { contentUrl: "https://x/f" }, { kind: "file", url: "https://x/f" }],
    ["Reference", { contentUrl: null }, { kind: "file", url: undefined }],
    ["image/png", { contentUrl: "https://x/i" }, { kind: "image", url: "https://x/i" }],
    ["meetingReference", {}, { kind: "meeting", url: undefined }],
    ["tabReference", { contentUrl: "https://x/t" }, { kind: "tab", url: "https://x/t" }],
    [
      "messageReference",
      {
        content:
          '{"messageId":"9","messagePreview":"Hi","messageSender":{"user":{"id":"B","displayName":"Ben"}}}',
      },
      {
        kind: "quoted-message",
        messageId: "9",
        preview: "Hi",
        sender: { kind: "user", id: "b", displayName: "Ben" },
      },
    ],
    ["messageReference", { content: "{broken" }, { kind: "quoted-message", preview: "", sender: nobody }],
    [
      "forwardedMessageReference",
      { content: '{"originalMessageContent":"<p>a</p>"}' },
      { kind: "forwarded-message", html: "<p>a</p>", sender: nobody },
    ],
    [
      "application/vnd.microsoft.card.codesnippet",
      { content: '{"language":"Go","codeSnippetUrl":"https://x/$value"}' },
      { kind: "code-snippet", language: "Go", url: "https://x/$value" },
    ],
    [
      "application/vnd.microsoft.card.adaptive",
      { content: '{"type":"AdaptiveCard"}' },
      { kind: "card", card: "adaptive", content: { type: "AdaptiveCard" } },
    ],
    ["application/vnd.microsoft.teams.card.o365connector", {}, { kind: "card", card: "o365connector" }],
    [
      "application/vnd.microsoft.teams.messaging-announcementBanner",
      { content: '{"title":"Move"}' },
      { kind: "card", card: "announcement", content: { title: "Move" } },
    ],
    ["application/vnd.microsoft.card.fluidEmbedCard", {}, { kind: "card", card: "fluidembedcard" }],
    ["hologram/v9", {}, { kind: "unknown", contentType: "hologram/v9" }],
    [null, {}, { kind: "unknown", contentType: "" }],
  ])("of type %p is read: %p", (contentType, rest, expected) => {
    expect(parseAttachment({ ...named, contentType, ...rest })).toMatchObject({ ...named, ...expected });
  });

  test.each([[null], ["file"], [[]]])("is absent in %p", (json) => {
    expect(parseAttachment(json)).toBeUndefined();
  });
});
