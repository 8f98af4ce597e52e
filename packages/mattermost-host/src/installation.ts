import { type Clock, systemClock } from "./clock.ts";
import type { ServerLog } from "./log.ts";
import type { Team } from "./model/team.ts";
import type { User } from "./model/user.ts";
import { MattermostNode } from "./node/node.ts";
import type { StartPlugins } from "./node/node-plugins.ts";
import { defaultConfiguration } from "./system/server-configuration.ts";
import { MattermostSystem } from "./system/system.ts";

export interface Person {
  readonly username: string;
  readonly email: string;
  /** First name, then the rest as last name; empty when absent. */
  readonly displayName?: string;
  readonly password: string;
}

export interface MattermostOptions {
  /** Address of the PostgreSQL database that plugins find in `SqlSettings.DataSource`. */
  readonly dataSource: string;
  readonly administrator: Person;
  /** Servers that share the installation, 1 unless given. */
  readonly nodes?: number;
  readonly clock?: Clock;
  /** Chance between 0 and 1 for `system.faults`. */
  readonly random?: () => number;
  /** `ServiceSettings.SiteURL`; the first node's own address unless given. */
  readonly siteUrl?: string;
}

/** A running installation with one team, in which everybody is. */
export interface RunningMattermost extends AsyncDisposable {
  /** Address of the first node. */
  readonly url: string;
  readonly nodes: readonly MattermostNode[];
  readonly system: MattermostSystem;
  readonly team: Team;
  readonly administrator: User;
  readonly log: ServerLog;
  /** Adds an account and lets it join the team. */
  addPerson(person: Person): User;
  stop(): Promise<void>;
}

/** Starts an installation on loopback addresses whose nodes run plugins by `startPlugins`. */
export async function openInstallation(
  options: MattermostOptions,
  startPlugins: StartPlugins,
): Promise<RunningMattermost> {
  const { clock = systemClock, random = Math.random, nodes: nodeCount = 1 } = options;
  const configuration = defaultConfiguration((options.siteUrl ?? "").replace(/\/+$/, ""), options.dataSource);
  const system = new MattermostSystem({ clock, random, configuration });
  const team = system.addTeam("contoso", "Contoso");
  const add = (person: Person, roles: string): User => {
    const { displayName = "", ...account } = person;
    const [firstName = "", ...lastNames] = displayName.split(" ");
    const user = system.addUser({ ...account, firstName, lastName: lastNames.join(" "), roles });
    system.joinTeam(team.id, user.id);
    return user;
  };
  const administrator = add(options.administrator, "system_user system_admin");

  await using opened = new AsyncDisposableStack();
  const nodes: MattermostNode[] = [];
  for (let index = 0; index < nodeCount; index += 1) {
    nodes.push(opened.use(await MattermostNode.start(system, startPlugins)));
  }
  const [first] = nodes;
  if (!first) throw new RangeError("An installation needs at least one node.");
  if (options.siteUrl === undefined) {
    await system.configuration.patch({ ServiceSettings: { SiteURL: first.url } });
  }
  const running = opened.move();
  const stop = () => running.disposeAsync();
  return {
    url: first.url,
    nodes,
    system,
    team,
    administrator,
    log: system.log,
    addPerson: (person) => add(person, "system_user"),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
