import { type Infer, int, ptr, string, struct } from "../gob/schema.ts";

/** Mattermost's `model.Reaction`; times are milliseconds since 1970. */
export const Reaction = struct("Reaction", {
  userId: string,
  postId: string,
  emojiName: string,
  createAt: int,
  updateAt: int,
  deleteAt: int,
  remoteId: ptr(string),
  channelId: string,
});
export interface Reaction extends Infer<typeof Reaction> {}

/** Mattermost's `model.Emoji`; times are milliseconds since 1970. */
export const Emoji = struct("Emoji", {
  id: string,
  createAt: int,
  updateAt: int,
  deleteAt: int,
  creatorId: string,
  name: string,
});
export interface Emoji extends Infer<typeof Emoji> {}
