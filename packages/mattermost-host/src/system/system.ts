import type { Clock } from "../clock.ts";
import { type NewId, randomId } from "../identity.ts";
import { ServerLog } from "../log.ts";
import type { Session, User } from "../model/user.ts";
import { PluginLibrary } from "../plugins/plugin-library.ts";
import { ActionCookies } from "./action-cookies.ts";
import { ChannelDirectory } from "./channel-directory.ts";
import { Cluster } from "./cluster.ts";
import { ConnectedClients } from "./connected-clients.ts";
import { EventBus } from "./events.ts";
import { Faults } from "./faults.ts";
import { FileStore } from "./file-store.ts";
import { KeyValueStore } from "./key-value-store.ts";
import { Permissions } from "./permissions.ts";
import { PostStore } from "./post-store.ts";
import { PreferenceStore } from "./preference-store.ts";
import { ConfigurationStore, type ServerConfiguration } from "./server-configuration.ts";
import { Sessions } from "./sessions.ts";
import { TeamDirectory } from "./team-directory.ts";
import { Triggers } from "./triggers.ts";
import { type NewUser, UserDirectory } from "./user-directory.ts";
import { WebApp } from "./web-app.ts";

export interface SystemOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly configuration: ServerConfiguration;
  readonly newId?: NewId;
}

/** The version this server claims to be; plugins compare their min_server_version with it. */
export const serverVersion = "11.6.0";

/** Everything that the nodes of one installation share: what would be the database, the file store and the cluster bus. */
export class MattermostSystem {
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: ServerLog;
  readonly users: UserDirectory;
  readonly sessions: Sessions;
  readonly teams: TeamDirectory;
  readonly channels: ChannelDirectory;
  readonly posts: PostStore;
  readonly preferences: PreferenceStore;
  readonly keyValues: KeyValueStore;
  readonly files: FileStore;
  readonly plugins = new PluginLibrary();
  readonly webApp = new WebApp();
  readonly configuration: ConfigurationStore;
  readonly permissions: Permissions;
  readonly events = new EventBus();
  readonly cluster = new Cluster();
  readonly clients = new ConnectedClients();
  readonly triggers: Triggers;
  readonly actionCookies = new ActionCookies();
  readonly faults: Faults;
  readonly installedAt: number;
  readonly diagnosticId: string;

  constructor(options: SystemOptions) {
    const { clock, newId = randomId } = options;
    this.clock = clock;
    this.newId = newId;
    this.log = new ServerLog(clock);
    this.users = new UserDirectory(clock, newId);
    this.sessions = new Sessions(clock, newId);
    this.teams = new TeamDirectory(clock, newId);
    this.channels = new ChannelDirectory(clock, newId);
    this.posts = new PostStore(clock, newId);
    this.preferences = new PreferenceStore();
    this.keyValues = new KeyValueStore(clock);
    this.files = new FileStore(clock, newId);
    this.configuration = new ConfigurationStore(options.configuration, (id) => this.plugins.secretKeys(id));
    this.permissions = new Permissions(this.users, this.teams, this.channels);
    this.triggers = new Triggers(clock, newId);
    this.faults = new Faults(clock, options.random);
    this.installedAt = clock.now();
    this.diagnosticId = newId();
  }

  /** Adds a person who can log in. */
  addUser(given: NewUser & { readonly password: string }): User {
    const user = this.users.create(given);
    this.sessions.setPassword(user.id, given.password);
    return user;
  }

  /** A bearer token for a person, as a personal access token would be. */
  tokenFor(user: User): Session {
    return this.sessions.open(user, { personalAccessToken: true });
  }

  /** Adds a person to a team and to its public default channels. */
  joinTeam(teamId: string, userId: string): void {
    this.teams.addMember(teamId, userId);
    for (const name of ["town-square", "off-topic"]) {
      const channel = this.channels.findByName(teamId, name);
      if (channel) this.channels.addMember(channel.id, userId);
    }
  }

  /** A team with Town Square and Off-Topic, as Mattermost makes each. */
  addTeam(name: string, displayName: string): ReturnType<TeamDirectory["create"]> {
    const team = this.teams.create({ name, displayName });
    this.channels.create({ teamId: team.id, name: "town-square", displayName: "Town Square", type: "O" });
    this.channels.create({ teamId: team.id, name: "off-topic", displayName: "Off-Topic", type: "O" });
    return team;
  }
}
