import type { Clock } from "./clock.ts";
import { Conversations } from "./conversations.ts";
import { Directory } from "./directory.ts";
import { Drive } from "./drive.ts";
import { Announcements, type TenantEvent } from "./events.ts";
import { Presences } from "./presences.ts";
import type { Randomness } from "./randomness.ts";

export interface TenantOptions {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly tenantId?: string;
  /** Domain of user principal names that are not given. */
  readonly domain?: string;
}

/** One Microsoft 365 tenant: its directory, chats and presences, and the events of all three. */
export class Tenant {
  readonly id: string;
  readonly domain: string;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly events = new Announcements<TenantEvent>();
  readonly directory: Directory;
  readonly drive: Drive;
  readonly conversations: Conversations;
  readonly presences: Presences;

  constructor(options: TenantOptions) {
    this.clock = options.clock;
    this.randomness = options.randomness;
    this.id = options.tenantId ?? options.randomness.guid();
    this.domain = options.domain ?? "contoso.example";
    this.directory = new Directory(options.randomness, this.domain);
    this.presences = new Presences(this.events);
    this.drive = new Drive(options.randomness);
    this.conversations = new Conversations({
      tenantId: this.id,
      clock: this.clock,
      randomness: this.randomness,
      directory: this.directory,
      drive: this.drive,
      events: this.events,
    });
  }
}
