import { expect, test } from "bun:test";
import { TenantClock } from "../tenant/clock.ts";
import { seededRandomness } from "../tenant/randomness.ts";
import { Tenant } from "../tenant/tenant.ts";
import { topicKey, topicOf } from "./topic.ts";

const tenant = new Tenant({ clock: new TenantClock({ running: false }), randomness: seededRandomness(5) });
const bob = tenant.directory.addUser({ displayName: "Bob" });
const ann = tenant.directory.addUser({ displayName: "Ann" });
const chat = tenant.conversations.create({ chatType: "oneOnOne", memberIds: [bob.id, ann.id] });

const bobsMessages = { kind: "userMessages", userId: bob.id };
const ofChat = { kind: "chatMessages", chatId: chat.id };

test.each([
  ["/chats/getAllMessages", { kind: "tenantMessages" }],
  ["chats/getallmessages?model=B", { kind: "tenantMessages" }],
  [`/users/${bob.id}/chats/getAllMessages`, bobsMessages],
  [`users('${bob.id}')/chats/getAllMessages?model=A`, bobsMessages],
  [`/users/${encodeURIComponent(bob.userPrincipalName)}/chats/getAllMessages`, bobsMessages],
  ["/me/chats/getAllMessages", bobsMessages],
  [`/chats/${chat.id}/messages`, ofChat],
  [`chats('${encodeURIComponent(chat.id)}')/messages`, ofChat],
  [`/communications/presences/${ann.id}`, { kind: "presences", userIds: [ann.id] }],
  [
    `communications/presences?$filter=id in ('${ann.id}', '${bob.id}')`,
    { kind: "presences", userIds: [ann.id, bob.id] },
  ],
  ["/chats/19:none@thread.v2/messages", { kind: "unknown-chat", id: "19:none@thread.v2" }],
  ["/users/nobody/chats/getAllMessages", { kind: "unknown-user", id: "nobody" }],
  ["/communications/presences/nobody", { kind: "unknown-user", id: "nobody" }],
  ["/chats", { kind: "unsupported" }],
  ["/teams/getAllMessages", { kind: "unsupported" }],
  ["/chats/getAllMessages?model=C", { kind: "unsupported" }],
  ["/chats/%zz/messages", { kind: "unknown-chat", id: "%zz" }],
  ["", { kind: "unsupported" }],
])("%s is read", (resource, topic) => {
  expect(topicOf(resource, tenant, bob.id)).toEqual(topic as never);
});

test("an application is nobody's me", () => {
  expect(topicOf("/me/chats/getAllMessages", tenant, null)).toEqual({ kind: "unknown-user", id: "me" });
});

test("presences in any order are the same topic", () => {
  const key = (userIds: readonly string[]): string => topicKey({ kind: "presences", userIds });
  expect(key(["a", "b"])).toBe(key(["b", "a"]));
  expect(key(["a"])).not.toBe(key(["b"]));
});
