import type { Chat } from "../tenant/chat.ts";
import type { ChatMessage } from "../tenant/message.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { AccessToken } from "../tenant/tokens.ts";
import type { User } from "../tenant/user.ts";
import { GraphError, notFound } from "./graph-error.ts";

/** The user of a path; a delegated token reads its own person only, others answer 403. Throws Graph's 404. */
export function userAt(
  tenant: Tenant,
  idOrPrincipalName: string,
  token: AccessToken,
  scope: "self" | "any",
): User {
  const user = tenant.directory.findUser(idOrPrincipalName);
  if (user === undefined) {
    throw new GraphError(
      404,
      "Request_ResourceNotFound",
      `Resource '${idOrPrincipalName}' does not exist or one of its queried reference-property objects are not present.`,
    );
  }
  if (scope === "self" && token.kind === "user" && token.oid !== user.id) {
    throw new GraphError(403, "Forbidden", "The signed-in user can only read what is their own here.");
  }
  return user;
}

/** The chat of a path; a delegated token sees the chats of its person only. Throws Graph's 404. */
export function chatAt(tenant: Tenant, chatId: string, token: AccessToken): Chat {
  const chat = tenant.conversations.find(chatId);
  if (chat === undefined) throw notFound(`The chat '${chatId}' was not found.`);
  if (token.kind === "user" && !chat.members.some((member) => member.userId === token.oid)) {
    throw new GraphError(403, "Forbidden", "The signed-in user is not a member of this chat.");
  }
  return chat;
}

export function messageAt(chat: Chat, messageId: string): ChatMessage {
  const message = chat.messages.find((candidate) => candidate.id === messageId);
  if (message === undefined) throw notFound(`The message '${messageId}' was not found.`);
  return message;
}

/** Whether the caller asked for enumeration members that older clients do not know. */
export function wantsUnknownEnumMembers(prefer: string | undefined): boolean {
  return (prefer ?? "").toLowerCase().includes("include-unknown-enum-members");
}
