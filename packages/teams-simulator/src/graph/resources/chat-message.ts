import type { ChatMessage, Mention, MessageSender, Reaction } from "../../tenant/message.ts";

const timestamp = (epochMs: number): string => new Date(epochMs).toISOString();
const timestampOrNull = (epochMs: number | null): string | null =>
  epochMs === null ? null : timestamp(epochMs);

/** `from` as Graph writes it. */
export function senderResource(from: MessageSender | null): unknown {
  if (from === null) return null;
  if (from.kind === "application") {
    const { id, displayName, applicationIdentityType } = from;
    const application = {
      "@odata.type": "#microsoft.graph.teamworkApplicationIdentity",
      id,
      displayName,
      applicationIdentityType,
    };
    return { application, device: null, user: null };
  }
  const { id, displayName, userIdentityType, tenantId } = from;
  const user = {
    "@odata.type": "#microsoft.graph.teamworkUserIdentity",
    id,
    displayName,
    userIdentityType,
    tenantId,
  };
  return { application: null, device: null, user };
}

function mentionResource(mention: Mention): unknown {
  const { kind, id, displayName } = mention.mentioned;
  const nobody = { application: null, device: null, user: null, conversation: null, tag: null };
  const identity = {
    user: { id, displayName, userIdentityType: "aadUser" },
    application: { id, displayName, applicationIdentityType: "bot" },
    conversation: { id, displayName, conversationIdentityType: "chat" },
    tag: { id, displayName },
  }[kind];
  return { id: mention.id, mentionText: mention.mentionText, mentioned: { ...nobody, [kind]: identity } };
}

function reactionResource(reaction: Reaction): unknown {
  return {
    reactionType: reaction.reactionType,
    displayName: reaction.displayName,
    reactionContentUrl: null,
    createdDateTime: timestamp(reaction.createdAt),
    user: {
      application: null,
      device: null,
      user: { id: reaction.userId, displayName: null, userIdentityType: "aadUser" },
    },
  };
}

/**
 * A chat message as Graph writes it, also inside rich notifications: every property is there, null when empty
 * (sections 4 and 5). `systemEventMessage` shows only to those who asked for unknown enumeration members. Who wrote a
 * deleted message is forgotten.
 */
export function chatMessageResource(
  message: ChatMessage,
  options: { readonly includeUnknownEnumMembers: boolean },
): Readonly<Record<string, unknown>> {
  const isSystem = message.messageType === "systemEventMessage" && !options.includeUnknownEnumMembers;
  return {
    id: message.id,
    replyToId: null,
    etag: String(message.lastModifiedAt),
    messageType: isSystem ? "unknownFutureValue" : message.messageType,
    createdDateTime: timestamp(message.createdAt),
    lastModifiedDateTime: timestamp(message.lastModifiedAt),
    lastEditedDateTime: timestampOrNull(message.lastEditedAt),
    deletedDateTime: timestampOrNull(message.deletedAt),
    subject: message.subject,
    summary: null,
    chatId: message.chatId,
    importance: message.importance,
    locale: "en-us",
    webUrl: null,
    channelIdentity: null,
    policyViolation: null,
    eventDetail: message.eventDetail,
    from: senderResource(message.deletedAt === null ? message.from : null),
    body: message.body,
    attachments: message.attachments,
    mentions: message.mentions.map(mentionResource),
    reactions: message.reactions.map(reactionResource),
    messageHistory: [],
  };
}
