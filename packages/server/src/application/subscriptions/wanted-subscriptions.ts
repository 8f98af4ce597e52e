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

interface WantedSettings {
  readonly scope: SubscriptionScope;
  readonly syncNotifications: boolean;
}

/** What should exist for these connections; nothing while notifications are switched off altogether. */
export function wantedSubscriptions(
  settings: WantedSettings,
  connections: readonly Connection[],
): readonly WantedSubscription[] {
  const forAll = wantedForTenant(settings, connections.length);
  if (forAll !== undefined) return [forAll];
  return settings.syncNotifications && settings.scope === "users" ? connections.map(wantedFor) : [];
}

/** The one for the whole tenant, when so many people are connected; none with the scope of connected people. */
export function wantedForTenant(
  { scope, syncNotifications }: WantedSettings,
  people: number,
): WantedSubscription | undefined {
  return scope === "tenant" && syncNotifications && people > 0 ? tenantWide : undefined;
}

/** How many should exist for so many people. */
export function countWanted(settings: WantedSettings, people: number): number {
  if (settings.scope === "tenant") return wantedForTenant(settings, people) === undefined ? 0 : 1;
  return settings.syncNotifications ? people : 0;
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
