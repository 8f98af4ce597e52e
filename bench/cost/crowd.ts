import { PostgresConnections } from "../../packages/server/src/adapters/postgres/connection-store.ts";
import { Database } from "../../packages/server/src/adapters/postgres/database.ts";
import type { Side } from "./side.ts";

/** As many statements as a pool of the plugin's size has connections for. */
const atOnce = 5;
const silentLog = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Connects so many people without a sign-in for each, which would take many minutes and is not what is measured: the
 * plugin's own code writes what a sign-in leaves behind, as another node would. Resolves to their ids in Teams.
 */
export async function connectCrowd(side: Side, count: number): Promise<readonly string[]> {
  const { tenant, tenantId, dataSource } = side;
  await using database = new Database({ dataSource, log: silentLog });
  const connections = new PostgresConnections(database);
  const teamsIds: string[] = [];
  const numbers = Array.from({ length: count }, (_, number) => number).values();
  const connectNext = async (): Promise<void> => {
    for (const number of numbers) {
      const username = `person${number}`;
      const teamsAccount = `${username}@contoso.example`;
      const { id: teamsUserId } = tenant.directory.addUser({
        displayName: `Person ${number}`,
        userPrincipalName: teamsAccount,
        mail: teamsAccount,
      });
      tenant.presences.set(teamsUserId, { availability: "Away" });
      const userId = await side.addPerson(username);
      const connectedAtMs = Date.now();
      const added = await connections.add({ userId, tenantId, teamsUserId, teamsAccount, connectedAtMs });
      if (added !== "added") throw new Error(`${username} could not be connected: ${added}.`);
      teamsIds.push(teamsUserId);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, connectNext));
  return teamsIds;
}
