import type { RunningPlugin } from "@msteams-notifications/plugin-sdk/host";
import { AppError } from "../app-error.ts";
import type { CommandArgs, CommandResponse } from "../model/command.ts";
import type { PostDraft } from "../model/post.ts";
import { receivedResponse } from "../plugin-api/wire-commands.ts";
import { draftOf, wirePost } from "../plugin-api/wire-posts.ts";

/**
 * Runs a command through the plugin that registered it; the server asks for a sign of life before and after, and a
 * missing one is a crash. `undefined` when the plugin answers nothing, which clients see as an unknown command.
 */
export async function runCommand(
  plugin: RunningPlugin,
  args: CommandArgs,
): Promise<CommandResponse | undefined> {
  const crashed = (cause: unknown) => new AppError("app.plugin.crashed.app_error", { cause });
  await plugin.ping().catch((cause: unknown) => Promise.reject(crashed(cause)));
  const answer = await plugin.hooks.ExecuteCommand({}, args).catch(async (cause: unknown) => {
    await plugin.ping().catch((silence: unknown) => Promise.reject(crashed(silence)));
    const detail = cause instanceof Error ? cause.message : "";
    throw new AppError("api.command.execute_command.plugin_failed.app_error", { cause, detail });
  });
  return answer && receivedResponse(answer);
}

/** Shows a post to a plugin before it is stored: answers what to store, or throws why it must not be. */
export async function filterPost(plugin: RunningPlugin, draft: PostDraft): Promise<PostDraft> {
  const [replacement, reason] = await plugin.hooks.MessageWillBePosted({}, wirePost(draft));
  if (reason !== "" && replacement === undefined) {
    throw new AppError("app.post.rejected_by_plugin", { detail: reason });
  }
  return replacement === undefined ? draft : draftOf(replacement);
}
