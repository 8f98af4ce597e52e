import type { Connection } from "../../domain/connection.ts";

export interface ConnectionStore {
  byMattermostUser(userId: string): Promise<Connection | undefined>;
  byTeamsAccount(tenantId: string, teamsUserId: string): Promise<Connection | undefined>;
  /** Connections of those Teams users, for finding recipients. */
  byTeamsUsers(tenantId: string, teamsUserIds: readonly string[]): Promise<readonly Connection[]>;
  list(): Promise<readonly Connection[]>;
  count(): Promise<number>;
  /** Whether anybody but that person is connected. */
  hasOthers(userId: string): Promise<boolean>;
  /** Those of the people who are connected. */
  connectedAmong(userIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Adds the connection; says which side is taken when another request was faster. */
  add(connection: Connection): Promise<"added" | "person-taken" | "account-taken">;
  remove(userId: string): Promise<Connection | undefined>;
}
