import type { JsonObject } from "../json.ts";

export interface PostPriority {
  readonly priority: string;
  readonly requestedAck: boolean;
  readonly persistentNotifications: boolean;
}

/** A message. Times are milliseconds since 1970; `editAt` 0 means never edited, `deleteAt` 0 not deleted. */
export interface Post {
  readonly id: string;
  createAt: number;
  updateAt: number;
  editAt: number;
  deleteAt: number;
  isPinned: boolean;
  userId: string;
  channelId: string;
  rootId: string;
  originalId: string;
  message: string;
  type: string;
  props: JsonObject;
  hashtags: string;
  fileIds: string[];
  pendingPostId: string;
  hasReactions: boolean;
  replyCount: number;
  lastReplyAt: number;
  priority: PostPriority | undefined;
}

/** What a caller gives to create a post; the rest is the server's to fill. */
export interface PostDraft {
  readonly id?: string;
  readonly createAt?: number;
  readonly userId: string;
  readonly channelId: string;
  readonly message: string;
  readonly rootId?: string;
  readonly type?: string;
  readonly props?: JsonObject;
  readonly fileIds?: readonly string[];
  readonly pendingPostId?: string;
  readonly isPinned?: boolean;
  readonly priority?: PostPriority | undefined;
}

export interface Reaction {
  readonly userId: string;
  readonly postId: string;
  readonly emojiName: string;
  readonly createAt: number;
  readonly channelId: string;
}

export function reactionJson(reaction: Reaction): JsonObject {
  return {
    user_id: reaction.userId,
    post_id: reaction.postId,
    emoji_name: reaction.emojiName,
    create_at: reaction.createAt,
    update_at: reaction.createAt,
    delete_at: 0,
    channel_id: reaction.channelId,
  };
}

/** A page of posts: `order` newest first, `prevPostId` older and `nextPostId` newer neighbours or "". */
export interface PostPage {
  readonly order: readonly string[];
  readonly posts: ReadonlyMap<string, Post>;
  readonly nextPostId: string;
  readonly prevPostId: string;
}
