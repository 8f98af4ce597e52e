import { AppError, type AppErrorId } from "../app-error.ts";
import { isRecord, type Json, type JsonObject } from "../json.ts";
import type { PostDraft } from "../model/post.ts";

/** model.PostMessageMaxRunesV2, the width of the message column. */
export const maxMessageRunes = 16_383;
/** model.PostPropsMaxUserRunes: 800,000 runes of JSON. */
const maxPropsRunes = 800_000;
/** model.PostFileidsMaxRunes: the ids as a JSON array, which is room for ten. */
const maxFileIdsRunes = 300;
/** Only the server sets these (Post.propsIsValid, stripped on creation). */
const strippedProps = ["add_channel_member", "force_notification"];

const runesOf = (text: string) => [...text].length;

/** Refuses what Post.IsValid refuses; nothing is ever cut. */
export function requireValidPost(draft: Pick<PostDraft, "message" | "props" | "fileIds" | "type">): void {
  const refuse = (code: AppErrorId) => new AppError(code, { where: "Post.IsValid" });
  if (runesOf(draft.message) > maxMessageRunes) throw refuse("model.post.is_valid.message_length.app_error");
  if (runesOf(JSON.stringify(draft.props ?? {})) > maxPropsRunes) {
    throw refuse("model.post.is_valid.props.app_error");
  }
  if (runesOf(JSON.stringify(draft.fileIds ?? [])) > maxFileIdsRunes) {
    throw refuse("model.post.is_valid.file_ids.app_error");
  }
  if (!/^($|slack_attachment$|custom_|system_|me$|reminder$|burn_on_read$)/.test(draft.type ?? "")) {
    throw refuse("model.post.is_valid.type.app_error");
  }
}

/** The props as they are stored: reserved ones gone, every button with an id, bots marked. */
export function storedProps(props: JsonObject, newId: () => string, isBot: boolean): JsonObject {
  const kept = Object.fromEntries(Object.entries(props).filter(([key]) => !strippedProps.includes(key)));
  if (Array.isArray(kept.attachments)) {
    kept.attachments = kept.attachments.map((one) => withActionIds(one, newId));
  }
  if (isBot) kept.from_bot = "true";
  return kept;
}

function withActionIds(attachment: Json, newId: () => string): Json {
  if (!isRecord(attachment) || !Array.isArray(attachment.actions)) return attachment;
  const actions = attachment.actions.map((action): Json => {
    if (!isRecord(action)) return action;
    const given = action as JsonObject;
    return typeof given.id === "string" && given.id !== "" ? given : { ...given, id: newId() };
  });
  return { ...(attachment as JsonObject), actions };
}
