import type { ChatMessage } from "./message.ts";

export type ChatType = "oneOnOne" | "group" | "meeting";

/** A membership; `id` is the membership's own id, `userId` the directory's. */
export interface ChatMember {
  readonly id: string;
  readonly userId: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly tenantId: string;
  readonly roles: readonly ("owner" | "guest")[];
  /** Epoch milliseconds; the epoch of year 1 stands for the whole history. */
  readonly visibleHistoryStartAt: number;
}

/** A chat with its members and messages; messages are in the order of their ids. */
export interface Chat {
  readonly id: string;
  readonly chatType: ChatType;
  topic: string | null;
  readonly tenantId: string;
  readonly createdAt: number;
  lastUpdatedAt: number;
  members: ChatMember[];
  readonly messages: ChatMessage[];
}

/** What a new chat needs; the first member is the one who creates it. */
export interface NewChat {
  readonly chatType: ChatType;
  readonly memberIds: readonly string[];
  readonly topic?: string;
}

/** 0001-01-01T00:00:00Z, which Graph uses for "never" and "from the beginning". */
export const yearOneMs = Date.parse("0001-01-01T00:00:00Z");
