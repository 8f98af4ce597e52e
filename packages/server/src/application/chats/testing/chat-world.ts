import type { Chat } from "../../../domain/chat.ts";
import type { Connection } from "../../../domain/connection.ts";
import { ann } from "../../subscriptions/testing/graph.ts";
import { MemoryConnections } from "../../testing/memory-connections.ts";
import { MemoryPosts } from "../../testing/memory-posts.ts";
import { MemoryPreferences } from "../../testing/memory-preferences.ts";
import { FixedClock, ManualTimers } from "../../testing/time.ts";
import type { ChatPorts } from "../chat-ports.ts";

export const reader: Connection = ann;

/** A chat of the reader and others by their names. */
export function chatOf(id: string, topic: string | undefined, ...others: string[]): Chat {
  const members = [
    { teamsUserId: reader.teamsUserId, displayName: "Ann" },
    ...others.map((name) => ({ teamsUserId: name.toLowerCase(), displayName: name })),
  ];
  return { id, kind: "group", topic, members };
}

/** A person's chats in memory, at a quarter past nine of a Saturday evening in Berlin. */
export class ChatWorld {
  readonly clock = new FixedClock();
  readonly timers = new ManualTimers();
  readonly preferences = new MemoryPreferences();
  readonly posts = new MemoryPosts(this.clock);
  readonly connections = new MemoryConnections(reader);
  readonly told: string[] = [];
  readonly asked: string[] = [];
  readonly known = new Map<string, Chat | Error | Promise<Chat>>();
  recent: readonly string[] = [];
  timeZone: string | undefined = "Europe/Berlin";
  ports: ChatPorts;

  constructor(...chats: readonly Chat[]) {
    this.clock.nowMs = Date.UTC(2026, 9, 24, 19, 15);
    for (const chat of chats) this.known.set(chat.id, chat);
    this.recent = chats.map(({ id }) => id);
    this.ports = {
      connections: this.connections,
      preferences: this.preferences,
      limits: {},
      recent: { of: async (_userId, limit) => this.recent.slice(0, limit) },
      chats: {
        get: async (chatId) => {
          this.asked.push(chatId);
          const chat = await (this.known.get(chatId) ?? new Error("no such chat"));
          if (chat instanceof Error) throw chat;
          return chat;
        },
      },
      users: {
        get: async (id) => ({
          id,
          username: "ann",
          email: "ann@example.com",
          locale: "en",
          timeZone: this.timeZone,
          isBot: false,
          isSystemAdmin: false,
          isActive: true,
        }),
      },
      posts: this.posts,
      events: { connectionChanged: async (userId) => void this.told.push(userId) },
      clock: this.clock,
      timers: this.timers,
    };
  }
}
