import type { Connection } from "../../domain/connection.ts";
import type { ConnectionStore } from "./connection-store.ts";

/** Told of every change of connections, by whichever node, while `opened` and not `closed` since. */
export interface ConnectionFollower {
  opened(): void;
  closed(): void;
  changed(userId: string): void;
}

export interface ConnectionNews {
  follow(follower: ConnectionFollower): void;
}

/** Where the pipeline looks people up. */
export type KnownConnections = Pick<ConnectionStore, "byMattermostUser" | "byTeamsUsers">;

/** What can be said of people without asking the database; undefined where nothing can. */
export interface ConnectionsInMemory {
  of(userId: string): Connection | undefined;
  /** Those of the Teams users who are connected; ids in lower case. */
  among(tenantId: string, teamsUserIds: readonly string[]): readonly Connection[] | undefined;
}

/** People as they were read, by either of their ids. */
interface People {
  readonly byUser: Map<string, Connection>;
  readonly byTeamsUser: Map<string, Connection>;
}

/**
 * Everybody who is connected, in memory: some hundred bytes each. Kept right by what all nodes tell of changes; while nothing
 * is heard, or somebody's change is being read, the store is asked. A post is intended by a statement that looks once more, so
 * that the moment until a change is heard lets nothing through to who has left.
 */
export class RememberedConnections implements KnownConnections, ConnectionsInMemory, ConnectionFollower {
  readonly #store: Pick<ConnectionStore, "list" | "byMattermostUser" | "byTeamsUsers">;
  /** Absent while nothing is heard, and while everybody is being read. */
  #people: People | undefined;
  #isHearing = false;
  #isReading = false;
  /** Counts what was heard: what was read before it may be out of date. */
  #news = 0;
  /** Whose change is being read, with its number. */
  readonly #unread = new Map<string, number>();

  constructor(store: Pick<ConnectionStore, "list" | "byMattermostUser" | "byTeamsUsers">) {
    this.#store = store;
  }

  opened(): void {
    this.#isHearing = true;
    void this.#readAll();
  }

  closed(): void {
    this.#isHearing = false;
    this.#forget();
  }

  changed(userId: string): void {
    this.#news += 1;
    if (this.#people !== undefined) void this.#readOne(this.#people, userId, this.#news);
  }

  async byMattermostUser(userId: string): Promise<Connection | undefined> {
    // Who is not known may have come a moment ago.
    return this.#current?.byUser.get(userId) ?? this.#store.byMattermostUser(userId);
  }

  async byTeamsUsers(tenantId: string, teamsUserIds: readonly string[]): Promise<readonly Connection[]> {
    return this.among(tenantId, teamsUserIds) ?? this.#store.byTeamsUsers(tenantId, teamsUserIds);
  }

  of(userId: string): Connection | undefined {
    return this.#current?.byUser.get(userId);
  }

  among(tenantId: string, teamsUserIds: readonly string[]): readonly Connection[] | undefined {
    const people = this.#current;
    if (people === undefined) return undefined;
    return [...new Set(teamsUserIds)].flatMap((id) => people.byTeamsUser.get(`${tenantId}/${id}`) ?? []);
  }

  get #current(): People | undefined {
    // A reading that failed is made again as soon as somebody is asked for.
    if (this.#isHearing && this.#people === undefined) void this.#readAll();
    return this.#unread.size > 0 ? undefined : this.#people;
  }

  #forget(): void {
    this.#news += 1;
    this.#people = undefined;
    this.#unread.clear();
  }

  /** One at a time, begun again with whatever is heard meanwhile. Never rejects. */
  async #readAll(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    for (let news = -1; news !== this.#news && this.#isHearing; ) {
      news = this.#news;
      const all = await this.#store.list().catch(() => undefined);
      if (all === undefined) break;
      if (news !== this.#news) continue;
      this.#people = {
        byUser: new Map(all.map((each) => [each.userId, each])),
        byTeamsUser: new Map(all.map((each) => [teamsName(each), each])),
      };
    }
    this.#isReading = false;
  }

  async #readOne(people: People, userId: string, news: number): Promise<void> {
    this.#unread.set(userId, news);
    try {
      const connection = await this.#store.byMattermostUser(userId);
      // A later change of the same person has its own reading.
      if (this.#people !== people || this.#unread.get(userId) !== news) return;
      const before = people.byUser.get(userId);
      people.byUser.delete(userId);
      // Their account may be somebody else's by now, whose change was read first.
      if (before !== undefined && people.byTeamsUser.get(teamsName(before))?.userId === userId)
        people.byTeamsUser.delete(teamsName(before));
      if (connection !== undefined) {
        people.byUser.set(userId, connection);
        people.byTeamsUser.set(teamsName(connection), connection);
      }
      this.#unread.delete(userId);
    } catch {
      if (this.#people !== people) return;
      this.#forget();
      void this.#readAll();
    }
  }
}

function teamsName({ tenantId, teamsUserId }: Connection): string {
  return `${tenantId}/${teamsUserId}`;
}
