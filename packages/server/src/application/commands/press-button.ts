import type { Integration } from "../integration.ts";
import type { Reply } from "../mattermost/ephemeral-posts.ts";
import type { ButtonPress } from "./button-press.ts";
import { chatsReply, mutedReply, unmutedReply } from "./chat-answers.ts";

/** Does what a button says, for who pressed it, and resolves to what stands in its post from then on. */
export async function pressButton(
  integration: Pick<Integration, "chats" | "mute" | "unmute">,
  userId: string,
  press: ButtonPress,
): Promise<Reply> {
  const chat = { kind: "id", chatId: press.chatId } as const;
  const reply =
    press.does === "mute"
      ? mutedReply(await integration.mute(userId, { chat, until: press.until, mentions: true }))
      : unmutedReply(await integration.unmute(userId, chat));
  return press.view === "one" ? reply : chatsReply(await integration.chats(userId));
}
