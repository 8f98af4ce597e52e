import type { Connection } from "../../domain/connection.ts";
import { tenantOwner } from "./client-state.ts";

export type SubscriptionScope = "users" | "tenant";

/** A subscription that should exist: for one person, or for the tenant as long as anybody is connected. */
export interface WantedSubscription {
  readonly owner: string;
  readonly userId: string | undefined;
  readonly resource: string;
}

const tenantWide: WantedSubscription = {
  owner: tenantOwner,
  userId: undefined,
  resource: "/chats/getAllMessages",
};

/** What should exist for these connections; nothing while notifications are switched off altogether. */
export function wantedSubscriptions(
  settings: { readonly scope: SubscriptionScope; readonly syncNotifications: boolean },
  connections: readonly Connection[],
): readonly WantedSubscription[] {
  if (!settings.syncNotifications || connections.length === 0) return [];
  return settings.scope === "tenant" ? [tenantWide] : connections.map(wantedFor);
}

/** Brings the messages of all chats of one person, their own included (facts, section 2). */
export function wantedFor(connection: Connection): WantedSubscription {
  const resource = `/users/${connection.teamsUserId}/chats/getAllMessages`;
  return { owner: connection.userId, userId: connection.userId, resource };
}

/** Equal for the same resource: Graph repeats it with or without the leading slash and in its own casing. */
export function resourceKey(resource: string): string {
  return resource.replace(/^\//, "").toLowerCase();
}

export function isSameResource(one: string, other: string): boolean {
  return resourceKey(one) === resourceKey(other);
}
