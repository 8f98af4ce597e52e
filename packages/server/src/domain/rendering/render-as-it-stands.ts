import type { ChatMessage } from "../chat-message.ts";
import { isWithdrawn } from "../message-version.ts";
import {
  type PostDraft,
  type RenderContext,
  renderDeleted,
  renderEdited,
  renderPost,
} from "./render-post.ts";

/** The post of a message as Teams shows it now: new, edited, or without its text. */
export function renderAsItStands(message: ChatMessage, context: RenderContext): PostDraft {
  if (isWithdrawn(message)) return renderDeleted(message, context);
  return message.editedAtMs === undefined ? renderPost(message, context) : renderEdited(message, context);
}
