import { createHash } from "node:crypto";
import type { ChatMessage } from "./chat-message.ts";
import type { Choices } from "./choices.ts";

/**
 * When a message became what it is here, milliseconds since 1970 UTC by Teams' clock. Of two notifications of a message
 * the one with the greater time tells what stands in Teams. Graph moves the time with reactions too (facts, section 5).
 */
export function changedAtMs(message: ChatMessage): number {
  return Math.max(message.lastModifiedAtMs, message.editedAtMs ?? 0, message.deletedAtMs ?? 0);
}

/** A message that nobody can read in Teams any more, whatever of it Graph still sends. */
export function isWithdrawn(message: Pick<ChatMessage, "deletedAtMs" | "isBlocked">): boolean {
  return message.deletedAtMs !== undefined || message.isBlocked;
}

/**
 * The same for two states of a message that look the same in a post: reactions change nothing that is shown. Of a message
 * whose text is not `shown` it holds nothing of it either: short texts can be found by trying.
 */
export function fingerprintOf(message: ChatMessage, shown: Choices["show"] = "whole"): string {
  const { body, subject, importance, mentions, attachments, editedAtMs } = message;
  const isEdited = editedAtMs !== undefined;
  const whole = { body, subject, importance, mentions, attachments, isEdited };
  const seen = shown === "whole" ? whole : { importance, isEdited };
  const state = isWithdrawn(message) ? { isDeleted: message.deletedAtMs !== undefined } : seen;
  return createHash("sha256").update(JSON.stringify(state)).digest("base64url").slice(0, 22);
}
