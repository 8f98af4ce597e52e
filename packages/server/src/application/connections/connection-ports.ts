import type { Connection } from "../../domain/connection.ts";
import type { FileGrants } from "../copying/copying-ports.ts";
import type {
  BotPosts,
  Clock,
  ConnectionEvents,
  ConnectionStore,
  EphemeralPosts,
  Log,
  MattermostUsers,
  PreferenceStore,
  Randomness,
  SignInStore,
} from "../ports.ts";
import type { SignIn } from "./sign-in-port.ts";

/** The Graph subscription that brings a connected person's messages. */
export interface ConnectionSubscriptions {
  /** Resolves when messages of that person will arrive; throws {@link SubscriptionRefused} when they cannot. */
  ensureFor(connection: Connection): Promise<void>;
  /** Ends what {@link ensureFor} began; succeeds when there is nothing to end. */
  removeFor(userId: string): Promise<void>;
}

/** `explanation` is one or two sentences for the person: what stands in the way and who can change it. */
export class SubscriptionRefused extends Error {
  override readonly name = "SubscriptionRefused";
  readonly explanation: string;
  constructor(explanation: string, options?: ErrorOptions) {
    super(explanation, options);
    this.explanation = explanation;
  }
}

/** Everything the use cases of this folder need. */
export interface ConnectionPorts {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  readonly users: MattermostUsers;
  readonly posts: BotPosts;
  readonly ephemeral: EphemeralPosts;
  readonly preferences: PreferenceStore;
  readonly events: ConnectionEvents;
  readonly connections: ConnectionStore;
  readonly signIns: SignInStore;
  readonly signIn: SignIn;
  readonly subscriptions: ConnectionSubscriptions;
  /** Where it is kept what a person agreed to for their files; undefined while files are not copied. */
  readonly fileGrants: FileGrants | undefined;
  /** The tenant of the settings. */
  readonly tenantId: string;
  /** The plugin's own address, `<site>/plugins/<id>`, without a trailing slash. */
  readonly pluginUrl: string;
}

/** Where Microsoft sends the browser back to; registered with the app, character by character. */
export function redirectUri(ports: Pick<ConnectionPorts, "pluginUrl">): string {
  return `${ports.pluginUrl}/connect/finish`;
}
