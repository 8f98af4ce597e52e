import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { chatMessageIdsOf } from "./resource-path.ts";

const chatId = "19:8ea0_97f6@unq.gbl.spaces";
const messageId = "1612289765949";

describe("the ids in a resource", () => {
  test.each([
    [`chats('${chatId}')/messages('${messageId}')`],
    [`/chats('${chatId}')/messages('${messageId}')`],
    [`Chats('${chatId}')/Messages('${messageId}')`],
    [`chats/${chatId}/messages/${messageId}`],
    [`chats/${encodeURIComponent(chatId)}/messages/${messageId}?$select=id`],
    [`users('8ea0')/chats('${chatId}')/messages('${messageId}')`],
    [`users/8ea0/chats/${chatId}/messages('${messageId}')`],
    [`https://graph.microsoft.com/v1.0/chats/${chatId}/messages/${messageId}`],
  ])("are read from %p", (resource) => {
    expect(chatMessageIdsOf(resource)).toEqual({ chatId, messageId });
  });

  test.each([
    [""],
    ["chats/getAllMessages"],
    [`chats('${chatId}')`],
    [`chats('${chatId}')/messages`],
    [`chats('${chatId}')/messages('${messageId}')/replies('1')`],
    [`teams('t')/channels('c')/messages('${messageId}')`],
    [`chats('')/messages('${messageId}')`],
    [`chats/%E0%A4%A/messages/${messageId}`],
    [`groupchats('${chatId}')/messages('${messageId}')`],
  ])("are absent from %p", (resource) => {
    expect(chatMessageIdsOf(resource)).toBeUndefined();
  });

  test("survive the way through OData's quotes", () => {
    const ids = fc.string({ minLength: 1 }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(ids, ids, (chat, message) => {
        const quoted = (text: string) => `('${encodeURIComponent(text).replaceAll("'", "''")}')`;
        expect(chatMessageIdsOf(`chats${quoted(chat)}/messages${quoted(message)}`)).toEqual({
          chatId: chat,
          messageId: message,
        });
      }),
    );
  });
});
