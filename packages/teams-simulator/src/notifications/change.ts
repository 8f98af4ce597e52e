import { chatMessageResource } from "../graph/resources/chat-message.ts";
import { presenceResource } from "../graph/resources/presence.ts";
import type { TenantEvent } from "../tenant/events.ts";
import type { ChangeType, Subscription } from "./subscription.ts";

/** A change that subscriptions may watch. */
export interface Change {
  readonly changeType: ChangeType;
  /** Changes of one order key reach a receiver in the order in which they happened, faults aside. */
  readonly orderKey: string;
  /** Names the change in delivery events. */
  readonly subject: string;
  readonly resource: string;
  readonly resourceId: string;
  readonly odataType: string;
  readonly odataId: string;
  concerns(subscription: Subscription): boolean;
  /** The resource as it was at the change, for encryption. */
  resourceFor(subscription: Subscription): Readonly<Record<string, unknown>>;
}

type MessageEvent = Extract<TenantEvent, { readonly message: unknown }>;

/** The change that an event of the tenant is to subscribers, null when none can watch it. */
export function changeOf(event: TenantEvent): Change | null {
  switch (event.kind) {
    case "messageCreated":
      return messageChange(event, "created");
    case "messageUpdated":
      return messageChange(event, "updated");
    case "messageDeleted":
      return messageChange(event, "deleted");
    case "presenceChanged":
      return presenceChange(event);
    default:
      return null;
  }
}

function messageChange(event: MessageEvent, changeType: ChangeType): Change {
  const { chat, message } = event;
  const resource = `chats('${chat.id}')/messages('${message.id}')`;
  return {
    changeType,
    orderKey: chat.id,
    subject: resource,
    resource,
    resourceId: message.id,
    odataType: "#Microsoft.Graph.chatMessage",
    odataId: resource,
    concerns: ({ topic }) =>
      topic.kind === "tenantMessages" ||
      (topic.kind === "chatMessages" && topic.chatId === chat.id) ||
      (topic.kind === "userMessages" && chat.members.some((member) => member.userId === topic.userId)),
    resourceFor: ({ includeUnknownEnumMembers }) =>
      chatMessageResource(message, { includeUnknownEnumMembers }),
  };
}

function presenceChange(event: Extract<TenantEvent, { readonly kind: "presenceChanged" }>): Change {
  const { userId, presence } = event;
  const odataId = `users/${userId}/presence`;
  const odataType = "#Microsoft.Graph.presence";
  return {
    changeType: "updated",
    orderKey: userId,
    subject: `communications/presences/${userId}`,
    resource: `communications/presences/${userId}`,
    resourceId: userId,
    odataType,
    odataId,
    concerns: ({ topic }) => topic.kind === "presences" && topic.userIds.includes(userId),
    resourceFor: () => {
      const { id, availability, activity } = presenceResource(userId, presence);
      return { "@odata.type": odataType, "@odata.id": odataId, id, availability, activity };
    },
  };
}
