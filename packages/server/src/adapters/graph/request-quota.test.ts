import { expect, test } from "bun:test";
import { quotaOf } from "./request-quota.ts";

test.each([
  ["/communications/getPresencesByUserId", "presence"],
  ["/users/8ea0e38b/chats/getAllMessages?$top=50", "history"],
  ["/users('8ea0e38b')/chats/getAllMessages?$skiptoken=x", "other"],
  ["/chats/19%3Aa%40thread.v2/messages/1", "chats"],
  ["/chats/19%3Aa%40thread.v2?$expand=members", "chats"],
  ["/subscriptions", "subscriptions"],
  ["/subscriptions/1", "subscriptions"],
  ["/users/8ea0e38b", "other"],
] as const)("%s counts as %s", (path, quota) => {
  expect(quotaOf(path)).toBe(quota);
});
