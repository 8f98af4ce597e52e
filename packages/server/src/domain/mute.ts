import type { ChatMessage } from "./chat-message.ts";

/** A chat whose messages somebody does not want for a while. */
export interface Mute {
  readonly chatId: string;
  /** Milliseconds since 1970 UTC; undefined until they say otherwise. */
  readonly untilMs: number | undefined;
  /** Whether what mentions them by name arrives all the same. */
  readonly mentions: boolean;
}

/**
 * The mute that a message of this chat and time falls under. The message's own time counts, so that what comes late is
 * decided as if it had come in time.
 */
export function muteFor(
  mutes: readonly Mute[],
  { chatId, createdAtMs }: Pick<ChatMessage, "chatId" | "createdAtMs">,
): Mute | undefined {
  return mutes.find((mute) => mute.chatId === chatId && !isOver(mute, createdAtMs));
}

export function isOver({ untilMs }: Mute, nowMs: number): boolean {
  return untilMs !== undefined && untilMs <= nowMs;
}
