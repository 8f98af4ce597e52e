import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { ChatMessageError, isEmptyMessage, parseChatMessage } from "./chat-message.ts";
import { chatMessageJson } from "./testing/chat-messages.ts";

const ids = { chatId: "19:a@thread.v2", messageId: "1612289765949" };

describe("a chat message", () => {
  test("is read whole from what Graph sends", () => {
    expect(parseChatMessage(chatMessageJson({ subject: " News ", importance: "high" }))).toEqual({
      id: ids.messageId,
      chatId: ids.chatId,
      kind: "message",
      etag: "1612289765949",
      sender: {
        kind: "user",
        id: "ann-id",
        displayName: "Ann Lee",
        tenantId: "tenant",
        standing: "organization",
      },
      createdAtMs: 1612289765949,
      lastModifiedAtMs: 1612289765949,
      editedAtMs: undefined,
      deletedAtMs: undefined,
      subject: "News",
      importance: "high",
      body: { format: "html", content: "<p>Hello</p>" },
      mentions: [],
      attachments: [],
      isBlocked: false,
    });
  });

  test("needs no more than a time and the ids of the notification", () => {
    expect(parseChatMessage({ createdDateTime: "2021-02-02T18:16:05.949Z" }, ids)).toMatchObject({
      id: ids.messageId,
      chatId: ids.chatId,
      kind: "message",
      createdAtMs: 1612289765949,
      sender: { kind: "none" },
      body: { format: "text", content: "" },
    });
  });

  test("takes its time from its id when Graph gives none", () => {
    expect(parseChatMessage({ ...ids, id: ids.messageId }).createdAtMs).toBe(1612289765949);
  });

  test.each([
    ["message", null, "message"],
    ["Message", undefined, "message"],
    [null, null, "message"],
    ["chatEvent", null, "systemEvent"],
    ["systemEventMessage", null, "systemEvent"],
    [
      "unknownFutureValue",
      { "@odata.type": "#microsoft.graph.chatRenamedEventMessageDetail" },
      "systemEvent",
    ],
    ["unknownFutureValue", null, "unknown"],
    ["typing", null, "typing"],
  ])("of type %p with event %p is %p", (messageType, eventDetail, kind) => {
    expect(parseChatMessage(chatMessageJson({ messageType, eventDetail })).kind as string).toBe(kind);
  });

  test.each([
    [{ user: { id: "BEN-ID", displayName: "Ben" } }, { kind: "user", teamsUserId: "ben-id" }],
    [{ conversation: { id: ids.chatId, displayName: "Everyone" } }, { kind: "everyone" }],
    [{ conversation: { id: "19:other@thread.tacv2" } }, { kind: "channel" }],
    [{ tag: { id: "x" } }, { kind: "tag" }],
    [{ application: { id: "x" }, user: null }, { kind: "application" }],
    [null, { kind: "unknown" }],
  ])("mentions %p", (mentioned, target) => {
    const message = parseChatMessage(
      chatMessageJson({ mentions: [{ id: 0, mentionText: "T", mentioned }, null, {}] }),
    );
    expect(message.mentions as unknown).toEqual([{ id: "0", text: "T", target }]);
  });

  test.each([
    ["none", false],
    ["blockAccess", true],
    ["notifySender, blockAccess", true],
    ["blockAccessExternal", false],
    [null, false],
  ])("with the policy action %p is blocked: %p", (dlpAction, blocked) => {
    expect(parseChatMessage(chatMessageJson({ policyViolation: { dlpAction } })).isBlocked).toBe(blocked);
  });

  test.each([
    ["not-an-object", null],
    ["not-an-object", "text"],
    ["missing-id", { chatId: "c" }],
    ["not-in-a-chat", { id: "1", channelIdentity: { teamId: "t" } }],
    ["missing-time", { id: "x", chatId: "c" }],
  ])("is refused with %p", (code, json) => {
    expect(() => parseChatMessage(json)).toThrow(expect.objectContaining({ name: "ChatMessageError", code }));
  });

  test("is read or refused, whatever comes", () => {
    fc.assert(
      fc.property(
        fc.record(
          Object.fromEntries(
            Object.keys(chatMessageJson()).map((key) => [key, fc.jsonValue({ maxDepth: 3 })]),
          ),
        ),
        (json) => {
          try {
            expect(parseChatMessage(json, ids).chatId).not.toBe("");
          } catch (error) {
            expect(error).toBeInstanceOf(ChatMessageError);
          }
        },
      ),
    );
  });
});

describe("an empty message", () => {
  test.each([
    ["html", "", true],
    ["html", "<p>&nbsp;</p>", true],
    ["html", "<div><br>\u200b &nbsp;\n</div>", true],
    ["html", "<systemEventMessage/>", true],
    ["html", "<p>a</p>", false],
    ["html", "<p>1 &lt; 2</p>", false],
    ["html", "<p>&nbsp;.</p>", false],
    ["html", '<p><img src="x"></p>', false],
    ["html", '<emoji alt="x"></emoji>', false],
    ["html", '<p><customemoji id="dGVzdA==" alt="party_blob" source="x"></customemoji></p>', false],
    ["html", '<p><future-widget aria-label="Whiteboard"></future-widget></p>', false],
    ["html", "<p><future-widget/></p>", false],
    ["html", "<office:p></office:p>", false],
    ["html", '<svg viewBox="0 0 1 1"></svg>', false],
    ["html", '<attachment id="1"></attachment>', false],
    ["html", '<at id="0"></at>', false],
    ["html", '<p><span title="Smile"></span></p>', false],
    ["html", '<P><A NAME="_Hlk1"></A><O:P>&nbsp;</O:P></P>', true],
    ["html", '<table><tbody><tr><td colspan="2"><br/></td></tr></tbody></table>', true],
    ["html", '<p title="" class="title"></p><!-- c -->', true],
    ["text", " \n", true],
    ["text", "<p>", false],
  ] as const)("%s %p: %p", (format, content, isEmpty) => {
    expect(isEmptyMessage({ body: { format, content }, attachments: [], subject: undefined })).toBe(isEmpty);
  });

  test("has neither attachment nor subject", () => {
    const body = { format: "html", content: "" } as const;
    const file = { kind: "file", id: "1", name: "f", url: undefined } as const;
    expect(isEmptyMessage({ body, attachments: [file], subject: undefined })).toBe(false);
    expect(isEmptyMessage({ body, attachments: [], subject: "News" })).toBe(false);
  });
});
