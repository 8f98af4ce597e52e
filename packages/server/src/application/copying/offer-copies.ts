import type { ChatMessage } from "../../domain/chat-message.ts";
import type { Connection } from "../../domain/connection.ts";
import { copyablesOf } from "../../domain/copying/copyable.ts";
import type { LateInbox } from "../catch-up/catch-up-ports.ts";
import type { MessageInHand } from "../notifications/message-in-hand.ts";
import { copyEntry } from "./copy-entries.ts";

/** Puts the copying of what a message in a post brings into the inbox; a message of words alone costs nothing. */
export async function offerCopies(
  inbox: Pick<LateInbox, "acceptLate">,
  { message, facts, work }: MessageInHand<ChatMessage>,
  { userId }: Connection,
  settle: () => Promise<void>,
): Promise<void> {
  if (copyablesOf(message).length === 0) return;
  // Copying begins with what is recorded of the post.
  await settle();
  const { chatId, messageId } = facts;
  const changedAtMs = work.changeType === "created" ? undefined : facts.changedAtMs;
  await inbox.acceptLate([copyEntry(work, { chatId, messageId, userId }, { changedAtMs })]);
}
