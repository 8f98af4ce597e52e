import type { Faults } from "./faults/faults.ts";
import type { RequestLog } from "./graph/request-log.ts";
import type { EntraIdentity } from "./identity/identity.ts";
import type { Deliveries } from "./notifications/delivery-event.ts";
import type { Lifecycle } from "./notifications/lifecycle.ts";
import type { OutboxSettings } from "./notifications/outbox.ts";
import type { Subscriptions } from "./notifications/subscriptions.ts";
import type { TenantClock } from "./tenant/clock.ts";
import type { Conversations } from "./tenant/conversations.ts";
import type { Directory } from "./tenant/directory.ts";
import type { Drive } from "./tenant/drive.ts";
import type { Announcements, TenantEvent } from "./tenant/events.ts";
import type { Presences } from "./tenant/presences.ts";

/** Everything that can be done to a running tenant and seen of it, from inside the process. */
export interface TenantControl {
  readonly id: string;
  readonly clock: TenantClock;
  readonly directory: Directory;
  readonly drive: Drive;
  readonly conversations: Conversations;
  readonly presences: Presences;
  readonly events: Announcements<TenantEvent>;
  readonly identity: EntraIdentity;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly subscriptions: Subscriptions;
  readonly lifecycle: Lifecycle;
  readonly deliveries: Deliveries;
  readonly deliverySettings: OutboxSettings;
  /** Resolves once no notification is being sent or about to be; retries and delays may still wait for the clock. */
  settled(): Promise<void>;
  /** Resolves once no notification is under way or waiting. */
  drained(): Promise<void>;
}
