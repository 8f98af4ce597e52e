import { any, bool, field, type Infer, int, ptr, record, slice, string, struct } from "../gob/schema.ts";
import { Post } from "./post.ts";

/** Mattermost's `model.MessageAttachmentField`. */
export const MessageAttachmentField = struct("MessageAttachmentField", {
  title: string,
  value: any,
  short: bool,
});
export interface MessageAttachmentField extends Infer<typeof MessageAttachmentField> {}

/** Mattermost's `model.PostActionOptions`. */
export const PostActionOptions = struct("PostActionOptions", {
  text: string,
  value: string,
});
export interface PostActionOptions extends Infer<typeof PostActionOptions> {}

/** Mattermost's `model.PostActionIntegration`. */
export const PostActionIntegration = struct("PostActionIntegration", {
  url: field("URL", string),
  context: record(any),
});
export interface PostActionIntegration extends Infer<typeof PostActionIntegration> {}

/** Mattermost's `model.PostAction`. */
export const PostAction = struct("PostAction", {
  id: string,
  type: string,
  name: string,
  tooltip: string,
  disabled: bool,
  style: string,
  dataSource: string,
  options: slice(PostActionOptions),
  defaultOption: string,
  integration: ptr(PostActionIntegration),
  cookie: string,
});
export interface PostAction extends Infer<typeof PostAction> {}

/** Mattermost's `model.MessageAttachment`. Registered on the wire under its old name `SlackAttachment`. */
export const MessageAttachment = struct("MessageAttachment", {
  id: int,
  fallback: string,
  color: string,
  pretext: string,
  authorName: string,
  authorLink: string,
  authorIcon: string,
  title: string,
  titleLink: string,
  text: string,
  fields: slice(MessageAttachmentField),
  imageURL: string,
  thumbURL: string,
  footer: string,
  footerIcon: string,
  timestamp: any,
  actions: slice(PostAction),
});
export interface MessageAttachment extends Infer<typeof MessageAttachment> {}

/** Mattermost's `model.PostActionIntegrationRequest`. */
export const PostActionIntegrationRequest = struct("PostActionIntegrationRequest", {
  userId: string,
  userName: string,
  channelId: string,
  channelName: string,
  teamId: string,
  teamName: string,
  postId: string,
  triggerId: string,
  type: string,
  dataSource: string,
  context: record(any),
});
export interface PostActionIntegrationRequest extends Infer<typeof PostActionIntegrationRequest> {}

/** Mattermost's `model.PostActionIntegrationResponse`. */
export const PostActionIntegrationResponse = struct("PostActionIntegrationResponse", {
  update: ptr(Post),
  ephemeralText: string,
  skipSlackParsing: bool,
});
export interface PostActionIntegrationResponse extends Infer<typeof PostActionIntegrationResponse> {}
