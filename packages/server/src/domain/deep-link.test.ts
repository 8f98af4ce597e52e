import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { cloudAddresses } from "./cloud.ts";
import { chatLink, messageLink } from "./deep-link.ts";

const global = cloudAddresses("global");

describe("a link into Teams", () => {
  test("opens a message in its tenant", () => {
    const link = messageLink(global, {
      chatId: "19:a_b@unq.gbl.spaces",
      messageId: "1612289765949",
      tenantId: "t-1",
    });
    expect(link).toBe(
      "https://teams.microsoft.com/l/message/19%3Aa%5Fb%40unq.gbl.spaces/1612289765949?tenantId=t-1&context=%7B%22contextType%22%3A%22chat%22%7D",
    );
    const url = new URL(link);
    expect(url.searchParams.get("context")).toBe('{"contextType":"chat"}');
    expect(decodeURIComponent(url.pathname)).toBe("/l/message/19:a_b@unq.gbl.spaces/1612289765949");
  });

  test("opens a chat", () => {
    expect(chatLink(global, { chatId: "19:x@thread.v2", tenantId: "t" })).toBe(
      "https://teams.microsoft.com/l/chat/19%3Ax%40thread.v2/0?tenantId=t",
    );
    expect(chatLink(global, { chatId: "c" })).toBe("https://teams.microsoft.com/l/chat/c/0");
  });

  test("goes to the Teams of the message's cloud", () => {
    expect(messageLink(cloudAddresses("dod"), { chatId: "c", messageId: "m" })).toStartWith(
      "https://dod.teams.microsoft.us/l/message/c/m?context=",
    );
  });

  test("holds nothing that ends a Markdown link, whatever the ids, and gives them back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (chatId) => {
        const link = messageLink(global, { chatId, messageId: "m", tenantId: chatId });
        expect(link).toMatch(/^https:\/\/teams\.microsoft\.com\/l\/message\/[\w.%-]+\/m\?[\w.%&=-]+$/);
        expect(new URL(link).searchParams.get("tenantId")).toBe(chatId.toWellFormed());
      }),
    );
  });
});
