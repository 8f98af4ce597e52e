import { type Call, row } from "../contract/row.ts";
import { type Input, int, string } from "../gob/schema.ts";
import { Post, PostList } from "../models/post.ts";

/** API methods for posts and ephemeral posts (Mattermost plugin API). */
export const postsRows = {
  CreatePost: row([Post], [Post], "appError"),
  UpdatePost: row([Post], [Post], "appError"),
  DeletePost: row([string], [], "appError"),
  GetPost: row([string], [Post], "appError"),
  GetPostThread: row([string], [PostList], "appError"),
  GetPostsSince: row([string, int], [PostList], "appError"),
  GetPostsAfter: row([string, string, int, int], [PostList], "appError"),
  GetPostsBefore: row([string, string, int, int], [PostList], "appError"),
  GetPostsForChannel: row([string, int, int], [PostList], "appError"),
  SendEphemeralPost: row([string, Post], [Post]),
  UpdateEphemeralPost: row([string, Post], [Post]),
  DeleteEphemeralPost: row([string, string], []),
};

/** The author's view of {@link postsRows}. */
export function posts(call: Call<typeof postsRows>) {
  return {
    /** Posts as the author named in `userId`. */
    create: (post: Input<typeof Post>) => call("CreatePost", post),
    /** Replaces a post: hand in all fields, changed from what `get` answered. */
    update: (post: Input<typeof Post>) => call("UpdatePost", post),
    delete: (postId: string) => call("DeletePost", postId),
    get: (postId: string) => call("GetPost", postId),
    thread: (postId: string) => call("GetPostThread", postId),
    /** Posts created or changed after `timeMs` (milliseconds since 1970). */
    since: (channelId: string, timeMs: number) => call("GetPostsSince", channelId, timeMs),
    after: (channelId: string, postId: string, page: number, perPage: number) =>
      call("GetPostsAfter", channelId, postId, page, perPage),
    before: (channelId: string, postId: string, page: number, perPage: number) =>
      call("GetPostsBefore", channelId, postId, page, perPage),
    /** Newest first. */
    inChannel: (channelId: string, page: number, perPage: number) =>
      call("GetPostsForChannel", channelId, page, perPage),
    /** Shown to one user, stored nowhere. */
    sendEphemeral: (userId: string, post: Input<typeof Post>) => call("SendEphemeralPost", userId, post),
    updateEphemeral: (userId: string, post: Input<typeof Post>) => call("UpdateEphemeralPost", userId, post),
    deleteEphemeral: (userId: string, postId: string) => call("DeleteEphemeralPost", userId, postId),
  };
}
