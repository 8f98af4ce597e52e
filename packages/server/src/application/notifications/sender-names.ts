import type { Names } from "../../domain/unnamed-senders.ts";
import type { Clock } from "../clock.ts";
import type { ConnectionStore } from "../connections/connection-store.ts";
import type { Log } from "../log.ts";
import type { MattermostNames } from "../mattermost/mattermost-names.ts";
import type { ChatMemory } from "./chat-memory.ts";

export interface SenderNameParts {
  readonly chats: Pick<ChatMemory, "get">;
  readonly connections: Pick<ConnectionStore, "byTeamsUsers">;
  readonly users: MattermostNames;
  readonly clock: Clock;
  readonly log: Log;
}

/** People seldom change their names, and connect or not; this bounds how long that goes unnoticed. */
const maxAgeMs = 10 * 60_000;
/** Some hundred bytes each; beyond this the one asked for longest ago is dropped. */
const maxPeople = 5_000;

/**
 * The names of people whom a message tells of without one: what their chat's members are called, or what they are called
 * in Mattermost when they are connected. Asked only for such messages, and remembered, those without a name too.
 */
export class SenderNames {
  readonly #parts: SenderNameParts;
  /** By tenant and Teams id; undefined where Mattermost knows no name. */
  readonly #known = new Map<string, { readonly name: string | undefined; readonly untilMs: number }>();

  constructor(parts: SenderNameParts) {
    this.#parts = parts;
  }

  /** `ids` are Teams ids in lower case. What cannot be found out now is left out; never rejects. */
  async of(
    ids: readonly string[],
    { chatId, tenantId }: { chatId: string; tenantId: string },
  ): Promise<Names> {
    const names = new Map<string, string>();
    if (ids.length === 0) return names;
    for (const { teamsUserId, displayName = "" } of await this.#membersOf(chatId))
      if (teamsUserId !== undefined && ids.includes(teamsUserId) && displayName.trim() !== "")
        names.set(teamsUserId, displayName);
    const unknown = ids.filter((id) => !names.has(id));
    for (const [id, name] of await this.#inMattermost(unknown, tenantId.toLowerCase())) names.set(id, name);
    return names;
  }

  async #membersOf(chatId: string) {
    try {
      return (await this.#parts.chats.get(chatId)).members;
    } catch {
      this.#parts.log.warn(
        "The members of a chat could not be looked up, one of whom a message does not name",
      );
      return [];
    }
  }

  async #inMattermost(ids: readonly string[], tenantId: string): Promise<Names> {
    const nowMs = this.#parts.clock.now();
    const keyOf = (id: string) => `${tenantId}/${id}`;
    const isKnown = (id: string) => {
      const leftMs = (this.#known.get(keyOf(id))?.untilMs ?? 0) - nowMs;
      // A clock set back must not keep an answer for longer.
      return leftMs > 0 && leftMs <= maxAgeMs;
    };
    const asked = ids.filter((id) => !isKnown(id));
    if (asked.length > 0) {
      const found = await this.#ask(asked, tenantId);
      if (found === undefined) return new Map();
      for (const id of asked) {
        this.#known.delete(keyOf(id));
        this.#known.set(keyOf(id), { name: found.get(id), untilMs: nowMs + maxAgeMs });
      }
    }
    const names = ids.flatMap((id) => {
      const name = this.#known.get(keyOf(id))?.name;
      return name === undefined ? [] : [[id, name] as const];
    });
    for (const key of this.#known.keys()) {
      if (this.#known.size <= maxPeople) break;
      this.#known.delete(key);
    }
    return new Map(names);
  }

  /** Undefined when nobody could be asked. */
  async #ask(ids: readonly string[], tenantId: string): Promise<Names | undefined> {
    try {
      const connected = await this.#parts.connections.byTeamsUsers(tenantId, ids);
      if (connected.length === 0) return new Map();
      const names = await this.#parts.users.namesOf(connected.map(({ userId }) => userId));
      return new Map(
        connected.flatMap(({ teamsUserId, userId }) => {
          const name = names.get(userId);
          return name === undefined ? [] : [[teamsUserId, name] as const];
        }),
      );
    } catch {
      this.#parts.log.warn("The name of a person whom a message does not name could not be looked up");
      return undefined;
    }
  }
}
