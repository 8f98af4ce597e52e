import type { Infer, Input, Post as PostSchema } from "@msteams-notifications/plugin-sdk";
import type { Post, PostDraft, PostPage, PostPriority } from "../model/post.ts";
import { jsonObjectOf } from "./any-value.ts";

type ReceivedPost = Infer<typeof PostSchema>;
type SentPost = Input<typeof PostSchema>;

/** A post that a plugin hands in. Empty fields of Go are absent here. */
export function draftOf(post: ReceivedPost): PostDraft {
  return {
    ...(post.id === "" ? {} : { id: post.id }),
    ...(post.createAt === 0 ? {} : { createAt: post.createAt }),
    userId: post.userId,
    channelId: post.channelId,
    message: post.message,
    rootId: post.rootId,
    type: post.type,
    props: jsonObjectOf(post.props ?? {}),
    fileIds: post.fileIds ?? [],
    pendingPostId: post.pendingPostId,
    isPinned: post.isPinned,
    priority: priorityOf(post),
  };
}

function priorityOf({ metadata }: ReceivedPost): PostPriority | undefined {
  const given = metadata?.priority;
  if (given === undefined) return undefined;
  return {
    priority: given.priority ?? "",
    requestedAck: given.requestedAck ?? false,
    persistentNotifications: given.persistentNotifications ?? false,
  };
}

/** A post as plugins receive it. */
export function wirePost(post: Post | PostDraft): SentPost {
  const { priority, fileIds, ...rest } = post;
  return {
    ...rest,
    fileIds: fileIds ?? [],
    ...(priority === undefined ? {} : { metadata: { priority } }),
  };
}

export function wirePage(page: PostPage) {
  return {
    order: [...page.order],
    posts: Object.fromEntries([...page.posts].map(([id, post]) => [id, wirePost(post)])),
    nextPostId: page.nextPostId,
    prevPostId: page.prevPostId,
  };
}
