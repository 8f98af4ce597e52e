import type { Randomness } from "../tenant/randomness.ts";
import type { Change } from "./change.ts";
import { encryptedContent } from "./encrypted-content.ts";
import type { Subscription } from "./subscription.ts";

/** One entry of `value` in what a subscriber receives. */
export type NotificationItem = Readonly<Record<string, unknown>>;

/** Ticks of 100 ns and a numeric offset, as Graph writes times in notifications. */
export function notificationTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace("Z", "0000+00:00");
}

/** A change notification's item, rich when the subscription asks for resource contents (section 4). */
export function changeItem(
  change: Change,
  subscription: Subscription,
  options: { readonly tenantId: string; readonly randomness: Randomness },
): NotificationItem {
  const { encryption, includeResourceData } = subscription;
  const isPresence = subscription.topic.kind === "presences";
  return {
    subscriptionId: subscription.id,
    changeType: change.changeType,
    tenantId: options.tenantId,
    clientState: subscription.clientState,
    subscriptionExpirationDateTime: notificationTime(subscription.expiresAt),
    resource: change.resource,
    resourceData: { id: change.resourceId, "@odata.type": change.odataType, "@odata.id": change.odataId },
    ...(isPresence ? { organizationId: options.tenantId } : {}),
    encryptedContent:
      includeResourceData && encryption !== null
        ? encryptedContent(change.resourceFor(subscription), encryption, options.randomness)
        : null,
  };
}
