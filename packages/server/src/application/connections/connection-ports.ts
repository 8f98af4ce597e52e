import type { ChoiceLimits } from "../../domain/choices.ts";
import type { Connection } from "../../domain/connection.ts";
import type { Clock } from "../clock.ts";
import type { FileGrants } from "../copying/copying-ports.ts";
import type { Log } from "../log.ts";
import type { BotConversation } from "../mattermost/bot-conversation.ts";
import type { BotPosts } from "../mattermost/bot-posts.ts";
import type { ConnectionEvents } from "../mattermost/connection-events.ts";
import type { EphemeralPosts } from "../mattermost/ephemeral-posts.ts";
import type { MattermostUsers } from "../mattermost/mattermost-users.ts";
import type { PreferenceStore } from "../mattermost/preference-store.ts";
import type { Randomness } from "../randomness.ts";
import type { ConnectionStore } from "./connection-store.ts";
import type { SignIn } from "./sign-in-port.ts";
import type { SignInStore } from "./sign-in-store.ts";

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
  readonly conversation: BotConversation;
  readonly ephemeral: EphemeralPosts;
  readonly preferences: PreferenceStore;
  /** The administrator's, of what people choose. */
  readonly limits: ChoiceLimits;
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
