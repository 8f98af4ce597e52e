import type { Connection } from "../../../domain/connection.ts";
import type { EphemeralPlace } from "../../mattermost/ephemeral-posts.ts";
import type { MattermostUser } from "../../mattermost/mattermost-users.ts";
import { MemoryConnections } from "../../testing/memory-connections.ts";
import { MemoryFileGrants } from "../../testing/memory-file-grants.ts";
import { MemoryPosts } from "../../testing/memory-posts.ts";
import { MemoryPreferences } from "../../testing/memory-preferences.ts";
import { MemorySignIns } from "../../testing/memory-sign-ins.ts";
import { RecordedLog } from "../../testing/observed.ts";
import { CountingRandomness } from "../../testing/randomness.ts";
import { FixedClock } from "../../testing/time.ts";
import type { ConnectionPorts, SubscriptionRefused } from "../connection-ports.ts";
import type {
  AuthorizationRequest,
  CodeRedemption,
  SignedIn,
  SignInAccount,
  SignInError,
} from "../sign-in-port.ts";

export const tenantId = "10000000-0000-4000-8000-000000000001";
export const pluginUrl = "https://chat.example.com/plugins/msteams-notifications";

export function person(name: string, changes: Partial<MattermostUser> = {}): MattermostUser {
  return {
    id: name.padEnd(26, "0"),
    username: name,
    email: `${name}@example.com`,
    locale: "en",
    timeZone: "Europe/Berlin",
    isBot: false,
    isSystemAdmin: false,
    isActive: true,
    ...changes,
  };
}

export function accountOf(name: string, changes: Partial<SignInAccount> = {}): SignInAccount {
  return {
    tenantId,
    objectId: `oid-of-${name}`,
    email: `${name}@example.com`,
    emailVerified: "verified",
    preferredUsername: undefined,
    name,
    isGuest: false,
    ...changes,
  };
}

/** All ports in memory, and what the use cases did with them. */
export class Connecting {
  readonly clock = new FixedClock();
  readonly log = new RecordedLog();
  readonly connections = new MemoryConnections();
  readonly signIns = new MemorySignIns();
  readonly posts = new MemoryPosts();
  readonly ann = person("ann");
  readonly bob = person("bob");
  readonly people = new Map([this.ann, this.bob].map((each) => [each.id, each]));
  readonly preferences = new MemoryPreferences();
  readonly changedFor: string[] = [];
  readonly askedAbout: (readonly string[])[] = [];
  readonly ephemeral: (EphemeralPlace & {
    readonly userId: string;
    readonly id: string;
    readonly message: string;
  })[] = [];
  readonly subscribed = new Set<string>();
  readonly redeemed: CodeRedemption[] = [];
  readonly authorized: AuthorizationRequest[] = [];
  account: SignedIn | SignInError = accountOf("ann");
  subscriptionFailure: SubscriptionRefused | Error | undefined;
  removalFailure: Error | undefined;
  conversationFailure: Error | undefined;

  readonly fileGrants = new MemoryFileGrants();

  ports: ConnectionPorts = {
    clock: this.clock,
    randomness: new CountingRandomness(),
    log: this.log,
    users: {
      get: async (userId) => this.people.get(userId),
      byUsername: async (name) => [...this.people.values()].find(({ username }) => username === name),
      departed: async (userIds) => {
        this.askedAbout.push(userIds);
        return userIds.filter((userId) => this.people.get(userId)?.isActive !== true);
      },
    },
    posts: this.posts,
    conversation: {
      pathFor: async (userId) => {
        if (this.conversationFailure !== undefined) throw this.conversationFailure;
        return `/contoso/messages/@bot-of-${userId}`;
      },
    },
    ephemeral: {
      send: async (userId, place, post) => void this.ephemeral.push({ userId, ...place, ...post }),
      update: async (userId, place, post) => void this.ephemeral.push({ userId, ...place, ...post }),
    },
    preferences: this.preferences,
    limits: {},
    events: { connectionChanged: async (userId) => void this.changedFor.push(userId) },
    connections: this.connections,
    signIns: this.signIns,
    signIn: {
      authorizationUrl: async (request) => {
        this.authorized.push(request);
        return `https://login.example.com/authorize?state=${request.state}`;
      },
      redeem: async (redemption) => {
        this.redeemed.push(redemption);
        if (this.account instanceof Error) throw this.account;
        return this.account;
      },
    },
    subscriptions: {
      ensureFor: async (connection: Connection) => {
        if (this.subscriptionFailure !== undefined) throw this.subscriptionFailure;
        this.subscribed.add(connection.userId);
      },
      removeFor: async (userId: string) => {
        if (this.removalFailure !== undefined) throw this.removalFailure;
        this.subscribed.delete(userId);
      },
    },
    fileGrants: undefined,
    tenantId,
    pluginUrl,
  };
}
