export { type CoveredRoute, coverage } from "./coverage.ts";
export type { GraphFault, GraphFaultEffect, NotificationFaults } from "./faults/fault.ts";
export type { ArmedFault, Faults } from "./faults/faults.ts";
export type { SeenRequest } from "./graph/request-log.ts";
export type { EntraIdentity } from "./identity/identity.ts";
export type { DeliveryEvent, DiscardReason } from "./notifications/delivery-event.ts";
export type { LifecycleEvent } from "./notifications/lifecycle.ts";
export type { OutboxSettings } from "./notifications/outbox.ts";
export type { Subscription } from "./notifications/subscription.ts";
export { type RunningTenant, type StartTenantOptions, startTenant } from "./start-tenant.ts";
export type { AppRegistration, NewAppRegistration } from "./tenant/app-registration.ts";
export type { Chat, ChatMember, NewChat } from "./tenant/chat.ts";
export type { DriveItem, SharedFile } from "./tenant/drive.ts";
export type { TenantEvent } from "./tenant/events.ts";
export type {
  Attachment,
  ChatMessage,
  HostedContent,
  Mention,
  MessageSender,
  NewMessage,
  Reaction,
} from "./tenant/message.ts";
export { activities, availabilities, type Presence, type PresenceChange } from "./tenant/presence.ts";
export { TenantError } from "./tenant/tenant-error.ts";
export type { NewUser, User } from "./tenant/user.ts";
export type { TenantControl } from "./tenant-control.ts";
