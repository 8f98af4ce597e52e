import type { ApiImplementation } from "@msteams-notifications/plugin-sdk/host";
import { jsonObjectOf } from "./any-value.ts";
import type { Caller } from "./caller.ts";
import { draftOf, wirePage, wirePost } from "./wire-posts.ts";

/** Posts and ephemeral posts. What a plugin creates is marked as its own. */
export function postsApi({ system, activity }: Caller): ApiImplementation {
  const { posts } = system;
  return {
    async CreatePost(post) {
      const draft = draftOf(post);
      const props = { ...draft.props, from_plugin: "true" };
      return wirePost(await activity.posting.create({ ...draft, props }, { setOnline: false }));
    },
    async UpdatePost(post) {
      const { message, props, fileIds, isPinned } = post;
      const change = { message, props: jsonObjectOf(props ?? {}), fileIds: fileIds ?? [], isPinned };
      return wirePost(await activity.posting.update(post.id, change));
    },
    DeletePost: (postId) => activity.posting.delete(postId, ""),
    GetPost: (postId) => wirePost(posts.get(postId)),
    GetPostThread: (postId) => wirePage(posts.thread(postId)),
    GetPostsSince: (channelId, timeMs) => wirePage(posts.since(channelId, timeMs)),
    GetPostsAfter: (channelId, postId, page, perPage) =>
      wirePage(posts.after(channelId, postId, page, perPage)),
    GetPostsBefore: (channelId, postId, page, perPage) =>
      wirePage(posts.before(channelId, postId, page, perPage)),
    GetPostsForChannel: (channelId, page, perPage) => wirePage(posts.page(channelId, page, perPage)),
    SendEphemeralPost: (userId, post) => wirePost(activity.ephemeral.send(userId, draftOf(post))),
    UpdateEphemeralPost: (userId, post) => wirePost(activity.ephemeral.update(userId, draftOf(post))),
    DeleteEphemeralPost: (userId, postId) => activity.ephemeral.delete(userId, postId),
    AddReaction: ({ userId, postId, emojiName }) => activity.posting.react(userId, postId, emojiName),
    RemoveReaction: ({ userId, postId, emojiName }) => activity.posting.unreact(userId, postId, emojiName),
    GetReactions: (postId) => posts.reactions(postId),
  };
}
