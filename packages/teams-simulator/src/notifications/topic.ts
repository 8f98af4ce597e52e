import type { Tenant } from "../tenant/tenant.ts";

/** What a subscription watches, read from its `resource`. */
export type Topic =
  | { readonly kind: "tenantMessages" }
  | { readonly kind: "userMessages"; readonly userId: string }
  | { readonly kind: "chatMessages"; readonly chatId: string }
  | { readonly kind: "presences"; readonly userIds: readonly string[] };

/** A resource that Graph may know but this tenant does not, or one that nobody could know. */
export type TopicRefusal =
  | { readonly kind: "unsupported" }
  | { readonly kind: "unknown-user" | "unknown-chat"; readonly id: string };

const unquoted = (text: string): string => text.replace(/^\('(.*)'\)$/, "$1");

/**
 * Reads a subscription's resource: with or without a leading slash, ids as segments or in `('…')`, percent-encoded
 * or not. `me` stands for the signed-in person, hence for nobody with an application token.
 */
export function topicOf(
  resource: string,
  tenant: Tenant,
  signedInUserId: string | null,
): Topic | TopicRefusal {
  const path = decoded(resource)
    .replace(/^\//, "")
    // Metering ended in 2025; clients that still name a payment model mean the same resource (section 2).
    .replace(/\?model=[AB]$/i, "");
  if (/^chats\/getAllMessages$/i.test(path)) return { kind: "tenantMessages" };
  const presences = /^communications\/presences\?\$filter=id in \((.+)\)$/i.exec(path)?.[1];
  if (presences !== undefined) {
    return presenceTopic(
      presences.split(",").map((id) => id.trim().replaceAll("'", "")),
      tenant,
    );
  }
  const presence = /^communications\/presences(?:\/([^/?]+)|(\('[^']+'\)))$/i.exec(path);
  if (presence !== null) return presenceTopic([unquoted(presence[1] ?? presence[2] ?? "")], tenant);
  const chat = /^chats(?:\/([^/?]+)|(\('[^']+'\)))\/messages$/i.exec(path);
  if (chat !== null) {
    const chatId = unquoted(chat[1] ?? chat[2] ?? "");
    return tenant.conversations.find(chatId) === undefined
      ? { kind: "unknown-chat", id: chatId }
      : { kind: "chatMessages", chatId };
  }
  const user = /^(?:users(?:\/([^/?]+)|(\('[^']+'\)))|(me))\/chats\/getAllMessages$/i.exec(path);
  if (user === null) return { kind: "unsupported" };
  const id = user[3] === undefined ? unquoted(user[1] ?? user[2] ?? "") : (signedInUserId ?? "me");
  const found = tenant.directory.findUser(id);
  return found === undefined ? { kind: "unknown-user", id } : { kind: "userMessages", userId: found.id };
}

function decoded(resource: string): string {
  try {
    return decodeURIComponent(resource);
  } catch {
    return resource;
  }
}

function presenceTopic(ids: readonly string[], tenant: Tenant): Topic | TopicRefusal {
  const unknown = ids.find((id) => tenant.directory.findUser(id) === undefined);
  return unknown === undefined ? { kind: "presences", userIds: ids } : { kind: "unknown-user", id: unknown };
}

/** Equal for two resources that name the same thing, however they are written. */
export function topicKey(topic: Topic): string {
  switch (topic.kind) {
    case "tenantMessages":
      return topic.kind;
    case "userMessages":
      return `${topic.kind} ${topic.userId}`;
    case "chatMessages":
      return `${topic.kind} ${topic.chatId}`;
    case "presences":
      return `${topic.kind} ${[...topic.userIds].sort().join(" ")}`;
  }
}
