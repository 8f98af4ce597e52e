import type { RunningTenant } from "@msteams-notifications/teams-simulator";
import { ada, ben, carla, erin, type Person } from "./people.ts";

/** What the plugin needs to know of its registration in Entra. */
export interface AppCredentials {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const yearMs = 365 * 24 * 60 * 60_000;

/** Adds the people, their chats and the plugin's app registration with exactly the permissions the documentation names. */
export function seedTenant(
  running: RunningTenant,
  people: readonly Person[],
  siteUrl: string,
): AppCredentials {
  const { tenant } = running;
  const ids = new Map<string, string>();
  for (const person of people) {
    const user = tenant.directory.addUser({
      displayName: person.displayName,
      userPrincipalName: person.teamsEmail,
      mail: person.teamsEmail,
    });
    tenant.presences.set(user.id, {
      availability: person.mattermostEmail === undefined ? "Available" : "Away",
    });
    ids.set(person.username, user.id);
  }
  const idsOf = (...members: Person[]) => members.flatMap((member) => ids.get(member.username) ?? []);
  for (const members of [idsOf(ada, ben), idsOf(carla, ben), idsOf(ada, erin)]) {
    if (members.length === 2) tenant.conversations.create({ chatType: "oneOnOne", memberIds: members });
  }
  const group = idsOf(ada, ben, carla, erin);
  if (group.length > 2) {
    tenant.conversations.create({ chatType: "group", memberIds: group, topic: "Harbour project" });
    tenant.conversations.create({ chatType: "meeting", memberIds: group, topic: "Safety review" });
  }

  const clientSecret = "sandbox-client-secret";
  const app = tenant.directory.addApp({
    displayName: "Mattermost notifications",
    secrets: [{ value: clientSecret, expiresAt: tenant.clock.now() + yearMs }],
    redirectUris: [`${siteUrl}/plugins/msteams-notifications/connect/finish`],
    grantedApplicationRoles: ["Chat.Read.All", "Presence.Read.All"],
    grantedDelegatedScopes: ["openid", "profile", "email", "Files.Read.All"],
  });
  return { tenantId: running.tenantId, clientId: app.clientId, clientSecret };
}
