import type { ChoiceLimits } from "../../domain/choices.ts";
import type { Clock } from "../clock.ts";
import type { ConnectionStore } from "../connections/connection-store.ts";
import type { BotPosts } from "../mattermost/bot-posts.ts";
import type { ConnectionEvents } from "../mattermost/connection-events.ts";
import type { MattermostUsers } from "../mattermost/mattermost-users.ts";
import type { PreferenceStore } from "../mattermost/preference-store.ts";
import type { ChatMemory } from "../notifications/chat-memory.ts";
import type { Timers } from "../timers.ts";

/** The chats that brought a person messages, delivered or not. */
export interface RecentChats {
  /** Ids, the chat of the newest message first. */
  of(userId: string, limit: number): Promise<readonly string[]>;
}

/** What the use cases of this folder need. */
export interface ChatPorts {
  readonly connections: Pick<ConnectionStore, "byMattermostUser">;
  readonly preferences: PreferenceStore;
  readonly limits: ChoiceLimits;
  readonly recent: RecentChats;
  readonly chats: Pick<ChatMemory, "get">;
  readonly users: Pick<MattermostUsers, "get">;
  readonly posts: Pick<BotPosts, "directChannel" | "keyOf">;
  readonly events: ConnectionEvents;
  readonly clock: Clock;
  readonly timers: Timers;
}
