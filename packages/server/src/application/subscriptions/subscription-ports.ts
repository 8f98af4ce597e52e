import type { ResyncRequests } from "../catch-up/resync-requests.ts";
import type { Clock } from "../clock.ts";
import type { ConnectionStore } from "../connections/connection-store.ts";
import type { GraphSubscriptions } from "../graph/graph-subscriptions.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Randomness } from "../randomness.ts";
import type { EncryptionCertificates } from "./encryption-certificates.ts";
import type { SubscriptionProblems, SubscriptionStore } from "./subscription-store.ts";
import type { SubscriptionScope } from "./wanted-subscriptions.ts";

/** Everything the use cases of this folder need. */
export interface SubscriptionPorts {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly graph: GraphSubscriptions;
  readonly store: SubscriptionStore;
  readonly problems: SubscriptionProblems;
  readonly resync: ResyncRequests;
  readonly connections: ConnectionStore;
  readonly certificates: EncryptionCertificates;
  readonly settings: SubscriptionSettings;
}

export interface SubscriptionSettings {
  readonly scope: SubscriptionScope;
  readonly syncNotifications: boolean;
  readonly webhookSecret: string;
  /** The plugin's own address, `<site>/plugins/<id>`, without a trailing slash. Graph must reach it by https. */
  readonly pluginUrl: string;
}

export function notificationUrl(settings: SubscriptionSettings): string {
  return `${settings.pluginUrl}/webhook/changes`;
}

export function lifecycleNotificationUrl(settings: SubscriptionSettings): string {
  return `${settings.pluginUrl}/webhook/lifecycle`;
}
