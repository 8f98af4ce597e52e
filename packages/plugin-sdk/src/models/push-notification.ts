import { bool, type Infer, int, string, struct } from "../gob/schema.ts";

/** Mattermost's `model.PushNotification`. */
export const PushNotification = struct("PushNotification", {
  ackId: string,
  platform: string,
  serverId: string,
  deviceId: string,
  postId: string,
  category: string,
  sound: string,
  message: string,
  badge: int,
  contentAvailable: int,
  teamId: string,
  channelId: string,
  rootId: string,
  channelName: string,
  type: string,
  subType: string,
  senderId: string,
  senderName: string,
  overrideUsername: string,
  overrideIconURL: string,
  fromWebhook: string,
  version: string,
  isCRTEnabled: bool,
  isIdLoaded: bool,
  postType: string,
  channelType: string,
  signature: string,
});
export interface PushNotification extends Infer<typeof PushNotification> {}
