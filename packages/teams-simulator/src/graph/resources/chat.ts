import type { Chat, ChatMember } from "../../tenant/chat.ts";

const timestamp = (epochMs: number): string => new Date(epochMs).toISOString();

/** Addresses that appear inside resources. */
export interface ResourceAddresses {
  readonly graphUrl: string;
  readonly teamsUrl: string;
}

/** A chat as Graph writes it (section 5); `viewpoint` stays null because application tokens never see it. */
export function chatResource(chat: Chat, addresses: ResourceAddresses): Readonly<Record<string, unknown>> {
  return {
    id: chat.id,
    topic: chat.topic,
    createdDateTime: timestamp(chat.createdAt),
    lastUpdatedDateTime: timestamp(chat.lastUpdatedAt),
    chatType: chat.chatType,
    webUrl: `${addresses.teamsUrl}/l/chat/${encodeURIComponent(chat.id)}/0?tenantId=${chat.tenantId}`,
    tenantId: chat.tenantId,
    onlineMeetingInfo:
      chat.chatType === "meeting" ? { calendarEventId: null, joinWebUrl: null, organizer: null } : null,
    viewpoint: null,
    isHiddenForAllMembers: false,
  };
}

/** A membership as Graph writes it. */
export function memberResource(member: ChatMember): Readonly<Record<string, unknown>> {
  return {
    "@odata.type": "#microsoft.graph.aadUserConversationMember",
    id: member.id,
    roles: member.roles,
    displayName: member.displayName,
    visibleHistoryStartDateTime: timestamp(member.visibleHistoryStartAt),
    userId: member.userId,
    email: member.email,
    tenantId: member.tenantId,
  };
}
