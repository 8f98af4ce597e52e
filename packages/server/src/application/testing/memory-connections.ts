import type { Connection } from "../../domain/connection.ts";
import type { ConnectionStore } from "../connections/connection-store.ts";

export class MemoryConnections implements ConnectionStore {
  readonly all: Connection[];
  constructor(...connections: readonly Connection[]) {
    this.all = [...connections];
  }
  async byMattermostUser(userId: string): Promise<Connection | undefined> {
    return this.all.find((each) => each.userId === userId);
  }
  async byTeamsAccount(tenantId: string, teamsUserId: string): Promise<Connection | undefined> {
    return this.all.find((each) => each.tenantId === tenantId && each.teamsUserId === teamsUserId);
  }
  async byTeamsUsers(tenantId: string, teamsUserIds: readonly string[]): Promise<readonly Connection[]> {
    return this.all.filter((each) => each.tenantId === tenantId && teamsUserIds.includes(each.teamsUserId));
  }
  async list(): Promise<readonly Connection[]> {
    return this.all;
  }
  async count(): Promise<number> {
    return this.all.length;
  }
  async hasOthers(userId: string): Promise<boolean> {
    return this.all.some((each) => each.userId !== userId);
  }
  async connectedAmong(userIds: readonly string[]): Promise<ReadonlySet<string>> {
    const asked = new Set(userIds);
    return new Set(this.all.flatMap(({ userId }) => (asked.has(userId) ? [userId] : [])));
  }
  async add(connection: Connection): Promise<"added" | "person-taken" | "account-taken"> {
    if ((await this.byMattermostUser(connection.userId)) !== undefined) return "person-taken";
    const { tenantId, teamsUserId } = connection;
    if ((await this.byTeamsAccount(tenantId, teamsUserId)) !== undefined) return "account-taken";
    this.all.push(connection);
    return "added";
  }
  async remove(userId: string): Promise<Connection | undefined> {
    const index = this.all.findIndex((each) => each.userId === userId);
    return index < 0 ? undefined : this.all.splice(index, 1)[0];
  }
}
