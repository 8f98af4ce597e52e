import type { User } from "./user.ts";

type Detail = Readonly<Record<string, unknown>>;

const initiatedBy = (initiator: User | null): Detail => ({
  application: null,
  device: null,
  user:
    initiator === null
      ? null
      : { id: initiator.id, displayName: null, userIdentityType: "aadUser", tenantId: null },
});

/** `membersAdded` or `membersDeleted`, as Graph writes it into `eventDetail`. */
export function membershipDetail(change: "Added" | "Deleted", member: User, initiator: User | null): Detail {
  return {
    "@odata.type": `#microsoft.graph.members${change}EventMessageDetail`,
    ...(change === "Added" ? { visibleHistoryStartDateTime: "0001-01-01T00:00:00Z" } : {}),
    members: [{ id: member.id, displayName: null, userIdentityType: "aadUser", tenantId: null }],
    initiator: initiatedBy(initiator),
  };
}

/** `chatRenamed`, as Graph writes it into `eventDetail`. */
export function renameDetail(chatId: string, topic: string | null, initiator: User | null): Detail {
  return {
    "@odata.type": "#microsoft.graph.chatRenamedEventMessageDetail",
    chatId,
    chatDisplayName: topic,
    initiator: initiatedBy(initiator),
  };
}
