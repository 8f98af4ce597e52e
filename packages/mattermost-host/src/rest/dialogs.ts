import type { NodeParts } from "../node/node-parts.ts";
import { readBody } from "./body.ts";
import { askIntegration } from "./integration.ts";
import { type Rest, requireInChannel } from "./rest.ts";

/** What a person entered into a plugin's dialog; the plugin's complaints about fields go back to the client. */
export function dialogRoute(rest: Rest, parts: NodeParts): void {
  rest.post("/actions/dialogs/submit", async (context) => {
    const session = context.get("session");
    const body = await readBody(context);
    const channelId = body.text("channel_id");
    requireInChannel(parts, context, channelId, "read_channel");
    const answer = await askIntegration(parts, session, body.text("url"), {
      type: "dialog_submission",
      callback_id: body.optionalText("callback_id") ?? "",
      state: body.optionalText("state") ?? "",
      user_id: session.userId,
      channel_id: channelId,
      team_id: body.optionalText("team_id") ?? "",
      submission: body.optionalObject("submission") ?? {},
      cancelled: body.optionalFlag("cancelled") ?? false,
    });
    return context.json({ error: answer.error ?? "", errors: answer.errors ?? null });
  });
}
