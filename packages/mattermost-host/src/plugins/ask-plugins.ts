import { AppError as PluginRefusal } from "@msteams-notifications/plugin-sdk";
import type { RunningPlugin } from "@msteams-notifications/plugin-sdk/host";
import { AppError } from "../app-error.ts";
import type { CommandArgs, CommandResponse } from "../model/command.ts";
import type { Post, PostDraft } from "../model/post.ts";
import type { User } from "../model/user.ts";
import { receivedResponse } from "../plugin-api/wire-commands.ts";
import { draftOf, wirePost } from "../plugin-api/wire-posts.ts";
import type { PostChange } from "../system/posting.ts";

/** plugin.DismissPostError: the post is dropped without a word to its author. */
const dismissed = "plugin.message_will_be_posted.dismiss_post";

/**
 * Runs a command through the plugin that registered it; the server asks for a sign of life before and after, and a
 * missing one is a crash. `undefined` when the plugin answers nothing, which clients see as an unknown command.
 */
export async function runCommand(
  plugin: RunningPlugin,
  args: CommandArgs,
): Promise<CommandResponse | undefined> {
  await plugin.ping().catch((cause: unknown) => {
    throw new AppError("model.plugin_command_error.error.app_error", { cause });
  });
  const [outcome] = await Promise.allSettled([plugin.hooks.ExecuteCommand({}, args)]);
  await plugin.ping().catch((cause: unknown) => {
    throw new AppError("model.plugin_command_crash.error.app_error", { cause });
  });
  if (outcome.status === "fulfilled") return outcome.value && receivedResponse(outcome.value);
  if (!(outcome.reason instanceof PluginRefusal)) return undefined;
  const { id, message, statusCode, detailedError } = outcome.reason;
  throw new AppError("api.command.execute_command.plugin_failed.app_error", {
    ofPlugin: { id, message },
    // A status that HTTP does not know would break the server's own answer.
    statusCode: statusCode >= 100 && statusCode <= 999 ? statusCode : 500,
    detail: detailedError,
    cause: outcome.reason,
  });
}

/**
 * Shows a post to a plugin before it is stored: answers what to store, or throws why it must not be. The answer is read
 * over the original, as Go's gob does: what the plugin emptied keeps its old value, and props only ever gain keys.
 */
export async function filterPost(plugin: RunningPlugin, draft: PostDraft): Promise<PostDraft> {
  const [replacement, reason] = await plugin.hooks.MessageWillBePosted({}, wirePost(draft));
  if (reason === dismissed) throw new AppError(dismissed);
  if (reason !== "") throw new AppError("app.post.rejected_by_plugin", { detail: reason });
  if (replacement === undefined) return draft;
  const given = draftOf(replacement);
  return {
    ...draft,
    message: given.message || draft.message,
    rootId: given.rootId || (draft.rootId ?? ""),
    type: given.type || (draft.type ?? ""),
    props: { ...draft.props, ...given.props },
    fileIds: given.fileIds?.length ? given.fileIds : (draft.fileIds ?? []),
    isPinned: given.isPinned || (draft.isPinned ?? false),
  };
}

/** Shows a changed post to a plugin before it is stored. One that answers no post has refused the change. */
export async function filterUpdate(plugin: RunningPlugin, now: Post, before: Post): Promise<PostChange> {
  const [given, reason] = await plugin.hooks.MessageWillBeUpdated({}, wirePost(now), wirePost(before));
  if (given === undefined) throw new AppError("app.post.rejected_by_plugin", { detail: reason });
  const { message, props = {}, fileIds = [], isPinned = false } = draftOf(given);
  return { message, props, fileIds, isPinned };
}

/** Why a plugin does not let somebody in, or "". */
export function objectionToLogin(plugin: RunningPlugin, user: User): Promise<string> {
  return plugin.hooks.UserWillLogIn({}, user);
}
