import { isRecord, type Json, type JsonObject } from "../json.ts";
import { type FileInfo, fileInfoJson } from "./file.ts";
import { type Post, type PostPage, type Reaction, reactionJson } from "./post.ts";

export interface PostCompanions {
  readonly files: readonly FileInfo[];
  readonly reactions: readonly Reaction[];
}

/** A post as REST and websocket clients see it: without the integrations of its buttons (Post.StripActionIntegrations). */
export function postJson(post: Post, companions: PostCompanions = { files: [], reactions: [] }): JsonObject {
  const metadata: JsonObject = {};
  if (companions.files.length > 0) metadata.files = companions.files.map(fileInfoJson);
  if (companions.reactions.length > 0) metadata.reactions = companions.reactions.map(reactionJson);
  if (post.priority) {
    const { priority, requestedAck, persistentNotifications } = post.priority;
    metadata.priority = {
      priority,
      requested_ack: requestedAck,
      persistent_notifications: persistentNotifications,
    };
  }
  return {
    id: post.id,
    create_at: post.createAt,
    update_at: post.updateAt,
    edit_at: post.editAt,
    delete_at: post.deleteAt,
    is_pinned: post.isPinned,
    user_id: post.userId,
    channel_id: post.channelId,
    root_id: post.rootId,
    original_id: post.originalId,
    message: post.message,
    type: post.type,
    props: withoutIntegrations(post.props),
    hashtags: post.hashtags,
    file_ids: post.fileIds,
    pending_post_id: post.pendingPostId,
    has_reactions: post.hasReactions,
    reply_count: post.replyCount,
    last_reply_at: post.lastReplyAt,
    participants: null,
    metadata,
  };
}

export function postPageJson(page: PostPage, companionsOf: (post: Post) => PostCompanions): JsonObject {
  const posts: JsonObject = {};
  for (const [id, post] of page.posts) posts[id] = postJson(post, companionsOf(post));
  return {
    order: [...page.order],
    posts,
    next_post_id: page.nextPostId,
    prev_post_id: page.prevPostId,
    has_next: page.prevPostId !== "",
  };
}

/** The message attachments among the props; what is no object is left out. */
export function attachmentsOf(props: JsonObject): JsonObject[] {
  return Array.isArray(props.attachments) ? (props.attachments.filter(isRecord) as JsonObject[]) : [];
}

function withoutIntegrations(props: JsonObject): JsonObject {
  if (!Array.isArray(props.attachments)) return props;
  return { ...props, attachments: attachmentsOf(props).map(withoutIntegration) };
}

function withoutIntegration(attachment: JsonObject): Json {
  if (!Array.isArray(attachment.actions)) return attachment;
  const actions = attachment.actions.filter(isRecord).map((action) => {
    const { integration: _, ...shown } = action as JsonObject;
    return shown;
  });
  return { ...attachment, actions };
}
