import type { JsonObject } from "../json.ts";
import type { CommandArgs, CommandResponse } from "../model/command.ts";
import type { NodeActivity } from "./activity.ts";

/** Shows what a plugin answered to a command, and what it answered besides. The author is who typed the command (App.HandleCommandResponsePost). */
export async function publishAnswer(
  activity: NodeActivity,
  args: CommandArgs,
  response: CommandResponse,
): Promise<void> {
  await publishOne(activity, args, response);
  for (const extra of response.extraResponses) await publishOne(activity, args, extra);
}

async function publishOne(
  activity: NodeActivity,
  args: CommandArgs,
  response: CommandResponse,
): Promise<void> {
  if (response.text === "" && response.attachments.length === 0) return;
  const attachments: JsonObject =
    response.attachments.length > 0 ? { attachments: [...response.attachments] } : {};
  const draft = {
    userId: args.userId,
    channelId: response.channelId || args.channelId,
    rootId: args.rootId,
    message: response.text,
    type: response.type,
    props: { ...response.props, ...attachments },
  };
  if (response.responseType === "in_channel") await activity.posting.create(draft);
  else activity.ephemeral.send(args.userId, draft);
}
