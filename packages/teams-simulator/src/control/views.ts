import { memberResource } from "../graph/resources/chat.ts";
import { chatMessageResource, senderResource } from "../graph/resources/chat-message.ts";
import { subscriptionResource } from "../graph/resources/subscription.ts";
import type { Subscription } from "../notifications/subscription.ts";
import type { AppRegistration } from "../tenant/app-registration.ts";
import type { Chat } from "../tenant/chat.ts";
import type { TenantEvent } from "../tenant/events.ts";
import type { ChatMessage } from "../tenant/message.ts";
import type { Presence } from "../tenant/presence.ts";
import type { User } from "../tenant/user.ts";

type View = Readonly<Record<string, unknown>>;

/** A person with their presence, without the password. */
export function userView(user: User, presence: Presence): View {
  const { password, ...shown } = user;
  return { ...shown, hasPassword: password !== undefined, presence };
}

/** An app registration without the values of its secrets. */
export function appView(app: AppRegistration): View {
  return { ...app, secrets: app.secrets.map(({ expiresAt }) => ({ expiresAt })) };
}

export function chatView(chat: Chat): View {
  const { messages, members, ...shown } = chat;
  return { ...shown, members: members.map(memberResource), messageCount: messages.length };
}

/** A message as people see it: Teams still says who deleted theirs. */
export function messageView(message: ChatMessage): View {
  const shown = chatMessageResource(message, { includeUnknownEnumMembers: true });
  return { ...shown, from: senderResource(message.from) };
}

/** A subscription as Graph shows it, without the secret that proves a notification. */
export function subscriptionView(subscription: Subscription): View {
  const { clientState, ...shown } = subscriptionResource(subscription);
  return { ...shown, hasClientState: clientState !== null, authorized: subscription.authorized };
}

/** An event of the tenant with views in place of its records. */
export function eventView(event: TenantEvent): View {
  switch (event.kind) {
    case "userAdded": {
      const { password: _, ...user } = event.user;
      return { kind: event.kind, user };
    }
    case "chatCreated":
    case "chatUpdated":
      return { kind: event.kind, chat: chatView(event.chat) };
    case "memberAdded":
    case "memberRemoved":
      return { kind: event.kind, chat: chatView(event.chat), userId: event.userId };
    case "messageCreated":
    case "messageDeleted":
      return { kind: event.kind, chatId: event.chat.id, message: messageView(event.message) };
    case "messageUpdated":
      return {
        kind: event.kind,
        chatId: event.chat.id,
        cause: event.cause,
        message: messageView(event.message),
      };
    case "presenceChanged":
      return { ...event };
  }
}
