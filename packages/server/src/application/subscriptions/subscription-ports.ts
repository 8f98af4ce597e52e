import type { Metrics } from "../metrics.ts";
import type {
  Clock,
  ConnectionStore,
  EncryptionCertificates,
  GraphSubscriptions,
  Log,
  Randomness,
  ResyncRequests,
  SubscriptionProblems,
  SubscriptionStore,
} from "../ports.ts";
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
