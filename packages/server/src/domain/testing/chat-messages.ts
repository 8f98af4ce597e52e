import { type ChatMessage, parseChatMessage } from "../chat-message.ts";

/** A chat message as Graph sends it, with all its nulls; `change` replaces single fields. */
export function chatMessageJson(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: "1612289765949",
    replyToId: null,
    etag: "1612289765949",
    messageType: "message",
    createdDateTime: "2021-02-02T18:16:05.949Z",
    lastModifiedDateTime: "2021-02-02T18:16:05.949Z",
    lastEditedDateTime: null,
    deletedDateTime: null,
    subject: null,
    summary: null,
    chatId: "19:a@thread.v2",
    importance: "normal",
    locale: "en-us",
    webUrl: null,
    channelIdentity: null,
    policyViolation: null,
    eventDetail: null,
    from: {
      application: null,
      device: null,
      user: { id: "ann-id", displayName: "Ann Lee", userIdentityType: "aadUser", tenantId: "tenant" },
    },
    body: { contentType: "html", content: "<p>Hello</p>" },
    attachments: [],
    mentions: [],
    reactions: [],
    ...change,
  };
}

/** A parsed message with this HTML as its body. */
export function htmlMessage(content: string, change: Readonly<Record<string, unknown>> = {}): ChatMessage {
  return parseChatMessage(chatMessageJson({ body: { contentType: "html", content }, ...change }));
}

/** A parsed message with this plain text as its body. */
export function textMessage(content: string, change: Readonly<Record<string, unknown>> = {}): ChatMessage {
  return parseChatMessage(chatMessageJson({ body: { contentType: "text", content }, ...change }));
}
