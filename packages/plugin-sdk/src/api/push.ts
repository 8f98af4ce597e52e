import { type Call, row } from "../contract/row.ts";
import { type Input, string } from "../gob/schema.ts";
import { PushNotification } from "../models/push-notification.ts";

/** API methods for push notifications to phones (Mattermost plugin API). */
export const pushRows = {
  SendPushNotification: row([PushNotification, string], [], "appError"),
};

/** The author's view of {@link pushRows}. */
export function push(call: Call<typeof pushRows>) {
  return {
    send: (notification: Input<typeof PushNotification>, userId: string) =>
      call("SendPushNotification", notification, userId),
  };
}
