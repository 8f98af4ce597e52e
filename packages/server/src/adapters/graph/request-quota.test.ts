import { expect, test } from "bun:test";
import { quotaOf } from "./request-quota.ts";

test.each([
  ["POST", "/communications/getPresencesByUserId", "presence"],
  ["GET", "/users/8ea0e38b/chats/getAllMessages?$top=50", "history"],
  ["GET", "/users('8ea0e38b')/chats/getAllMessages?$skiptoken=x", "other"],
  ["GET", "/chats/19%3Aa%40thread.v2/messages/1", "chats"],
  ["GET", "/chats/19%3Aa%40thread.v2/messages/1/hostedContents/1/$value", "files"],
  ["GET", "/shares/u!abc/driveItem", "files"],
  ["GET", "/chats/19%3Aa%40thread.v2?$expand=members", "chats"],
  ["GET", "/subscriptions", "subscription-lists"],
  ["GET", "/subscriptions?$skiptoken=x", "subscription-lists"],
  ["GET", "/subscriptions/1", "subscription-reads"],
  ["POST", "/subscriptions", "subscription-writes"],
  ["PATCH", "/subscriptions/1", "subscription-writes"],
  ["DELETE", "/subscriptions/1", "subscription-writes"],
  ["GET", "/users/8ea0e38b", "other"],
] as const)("%s %s counts as %s", (method, path, quota) => {
  expect(quotaOf({ method, path })).toBe(quota);
});
