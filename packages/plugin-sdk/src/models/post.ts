import { any, bool, field, type Infer, int, ptr, record, slice, string, struct } from "../gob/schema.ts";
import { FileInfo } from "./file.ts";
import { Emoji, Reaction } from "./reaction.ts";
import { User } from "./user.ts";

/** Mattermost's `model.PostPriority`. `priority` is empty, `important` or `urgent`. */
export const PostPriority = struct("PostPriority", {
  priority: ptr(string),
  requestedAck: ptr(bool),
  persistentNotifications: ptr(bool),
  postId: string,
  channelId: string,
});
export interface PostPriority extends Infer<typeof PostPriority> {}

/** Mattermost's `model.PostAcknowledgement`. */
export const PostAcknowledgement = struct("PostAcknowledgement", {
  userId: string,
  postId: string,
  acknowledgedAt: int,
  channelId: string,
  remoteId: ptr(string),
});
export interface PostAcknowledgement extends Infer<typeof PostAcknowledgement> {}

/** Mattermost's `model.PostEmbed`. */
export const PostEmbed = struct("PostEmbed", {
  type: string,
  url: field("URL", string),
  data: any,
});
export interface PostEmbed extends Infer<typeof PostEmbed> {}

/** Mattermost's `model.PostImage`. */
export const PostImage = struct("PostImage", {
  width: int,
  height: int,
  format: string,
  frameCount: int,
});
export interface PostImage extends Infer<typeof PostImage> {}

/** Mattermost's `model.PostMetadata`. Without `Translations`, which a server never reads back from a plugin. */
export const PostMetadata = struct("PostMetadata", {
  embeds: slice(PostEmbed),
  emojis: slice(Emoji),
  files: slice(FileInfo),
  images: record(PostImage),
  reactions: slice(Reaction),
  priority: ptr(PostPriority),
  acknowledgements: slice(PostAcknowledgement),
  expireAt: int,
  recipients: slice(string),
});
export interface PostMetadata extends Infer<typeof PostMetadata> {}

/** Mattermost's `model.Post`; times are milliseconds since 1970. All fields are declared, so that a post can be changed and handed back without loss. */
export const Post = struct("Post", {
  id: string,
  createAt: int,
  updateAt: int,
  editAt: int,
  deleteAt: int,
  isPinned: bool,
  userId: string,
  channelId: string,
  rootId: string,
  originalId: string,
  message: string,
  messageSource: string,
  type: string,
  props: record(any),
  hashtags: string,
  filenames: slice(string),
  fileIds: slice(string),
  pendingPostId: string,
  hasReactions: bool,
  remoteId: ptr(string),
  replyCount: int,
  lastReplyAt: int,
  participants: slice(User),
  isFollowing: ptr(bool),
  metadata: ptr(PostMetadata),
});
export interface Post extends Infer<typeof Post> {}

/** Mattermost's `model.PostList`. */
export const PostList = struct("PostList", {
  order: slice(string),
  posts: record(Post),
  nextPostId: string,
  prevPostId: string,
  hasNext: ptr(bool),
  firstInaccessiblePostTime: int,
  burnOnReadPosts: record(Post),
});
export interface PostList extends Infer<typeof PostList> {}
