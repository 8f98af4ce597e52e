import type { Connection } from "../../../domain/connection.ts";
import { PostgresConnections } from "../connection-store.ts";
import type { Database } from "../database.ts";

export const connectedAtMs = 1_789_000_000_000;

/** Connects people by these names, which are also their Mattermost ids. */
export async function connectPeople(
  database: Database,
  ...names: readonly string[]
): Promise<readonly Connection[]> {
  const people = names.map((name) => ({
    userId: name,
    tenantId: "tenant-id",
    teamsUserId: `teams-${name}`,
    teamsAccount: `${name}@example.com`,
    connectedAtMs,
  }));
  for (const person of people) await new PostgresConnections(database).add(person);
  return people;
}
