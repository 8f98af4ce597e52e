/** Every failure a client or plugin can meet: id → [HTTP status, words for the person who meets it]. */
const failures = {
  "api.context.session_expired.app_error": [401, "Invalid or expired session, please login again."],
  "api.context.permissions.app_error": [403, "You do not have the appropriate permissions."],
  "api.context.invalid_body_param.app_error": [400, "Invalid or missing parameter in the request body."],
  "api.context.invalid_url_param.app_error": [400, "Invalid or missing parameter in the request URL."],
  "api.context.404.app_error": [404, "Sorry, we could not find the page."],
  "api.context.not_implemented.app_error": [501, "This Mattermost does not provide the route."],
  "api.user.login.invalid_credentials_email_username": [
    401,
    "Enter a valid email or username and/or password.",
  ],
  "api.user.login.bot_login_forbidden.app_error": [401, "Bot login is forbidden."],
  "api.user.login.inactive.app_error": [401, "Login failed because your account has been deactivated."],
  "app.user.login.rejected_by_plugin": [400, "Login rejected by plugin."],
  "app.user.missing_account.const": [404, "Unable to find the user."],
  "app.user.save.username_exists.app_error": [400, "An account with that username already exists."],
  "app.user.save.email_exists.app_error": [400, "An account with that email already exists."],
  "model.user.is_valid.app_error": [400, "The user is not valid."],
  "app.bot.get_bot.not_found": [404, "Unable to find the bot."],
  "app.session.get.app_error": [404, "Unable to find the session."],
  "app.team.get.find.app_error": [404, "Unable to find the team."],
  "app.team.save.name_exists": [400, "A team with that name already exists."],
  "app.team.get_member.missing.app_error": [404, "Unable to find the team member."],
  "app.channel.get.find.app_error": [404, "Unable to find the channel."],
  "app.channel.create_direct_channel.invalid_user": [400, "A direct channel needs existing users."],
  "app.channel.group_size.app_error": [400, "A group channel needs three to eight people."],
  "app.channel.save.exists.app_error": [400, "A channel with that name already exists in the team."],
  "app.channel.get_member.missing.app_error": [404, "Unable to find the channel member."],
  "app.post.get.app_error": [404, "Unable to get the post."],
  "model.post.is_valid.message_length.app_error": [400, "The message is longer than 16,383 characters."],
  "model.post.is_valid.props.app_error": [400, "The props of the post are larger than 800,000 characters."],
  "model.post.is_valid.props_reserved.app_error": [400, "The props of the post hold a reserved key."],
  "model.post.is_valid.file_ids.app_error": [400, "A post holds at most ten files."],
  "model.post.is_valid.type.app_error": [400, "The type of the post is not allowed."],
  "model.post.is_valid.hashtags.app_error": [
    400,
    "The hashtags of the post are longer than 1,000 characters.",
  ],
  "api.post.create_post.root_id.app_error": [
    400,
    "The root of the thread is not a root post of this channel.",
  ],
  "api.post.create_post.can_not_post_to_deleted.error": [400, "Can not post to a deleted channel."],
  "api.post.update_post.system_message.app_error": [400, "Unable to update a system message."],
  "api.post.update_post.permissions_details.app_error": [400, "A deleted post can not be updated."],
  "api.post.do_action.action_id.app_error": [404, "The post has no such action."],
  "api.post.do_action.action_integration.app_error": [
    400,
    "The action's integration did not answer properly.",
  ],
  "app.post.rejected_by_plugin": [400, "Post rejected by plugin."],
  "plugin.message_will_be_posted.dismiss_post": [400, "The post was dismissed by a plugin."],
  "app.reaction.save.app_error": [400, "Unable to save the reaction."],
  "model.preference.is_valid.app_error": [400, "The preference is not valid."],
  "api.preference.update_preferences.update_sidebar.app_error": [
    403,
    "Preferences of another user can not be set.",
  ],
  "app.preference.get.app_error": [400, "Unable to find the preference."],
  "app.file_info.get.app_error": [404, "Unable to find the file."],
  "api.file.upload_file.too_large.app_error": [413, "The file is larger than the server allows."],
  "api.file.upload_file.incorrect_channelId.app_error": [
    400,
    "Unable to upload the file: its channel does not exist.",
  ],
  "api.file.upload_file.large_image.app_error": [400, "The image has more pixels than the server allows."],
  "api.file.get_public_link.disabled": [501, "Public links are turned off."],
  "app.plugin.disabled.app_error": [501, "Plugins have been disabled."],
  "app.plugin.upload_disabled.app_error": [501, "Plugins and/or plugin uploads have been disabled."],
  "app.plugin.extract.app_error": [400, "Encountered an error when extracting the plugin."],
  "app.plugin.manifest.app_error": [400, "Unable to find a valid manifest for the plugin."],
  "app.plugin.invalid_id.app_error": [
    400,
    "A plugin id has 3 to 190 letters, digits, dots, underscores and hyphens.",
  ],
  "app.plugin.install_id.app_error": [
    400,
    "Unable to install the plugin: one with the same id is already installed.",
  ],
  "app.plugin.restart.app_error": [500, "Unable to restart the plugin on upgrade."],
  "app.plugin.not_installed.app_error": [404, "Plugin is not installed."],
  "app.plugin.webapp_bundle.app_error": [500, "Unable to generate the plugin's web bundle."],
  "interactive_message.decode_trigger_id.verify_signature_failed": [
    400,
    "Unable to open the dialog: the trigger id is not one that this server gave out.",
  ],
  "interactive_message.decode_trigger_id.expired": [
    400,
    "Unable to open the dialog: a trigger id lives for 30 seconds.",
  ],
  "plugin.api.update_user_status.bad_status": [400, "The status is none of online, away, dnd and offline."],
  "plugin_api.kv.key.app_error": [400, "A key has 1 to 150 characters."],
  "plugin_api.kv.options.app_error": [400, "An old value without the atomic option has no meaning."],
  "api.command.execute_command.not_found.app_error": [
    404,
    "Command not found; to send it as a message, begin with a space.",
  ],
  "api.command.execute_command.format.app_error": [400, "A command begins with a slash."],
  "api.command.execute_command.plugin_failed.app_error": [500, "The plugin did not answer the command."],
  "model.plugin_command.error.app_error": [500, "The plugin that answers this command is not running."],
  "model.plugin_command_error.error.app_error": [
    500,
    "The plugin that answers this command has crashed. Please contact your system administrator.",
  ],
  "model.plugin_command_crash.error.app_error": [
    500,
    "The command crashed its plugin. Please contact your system administrator.",
  ],
  "app.config.invalid.app_error": [400, "The configuration is not valid."],
  "app.fault.injected.app_error": [500, "The server failed on purpose."],
} as const satisfies Record<string, readonly [number, string]>;

/** The closed set of failures this server knows, by Mattermost's error id. */
export type AppErrorId = keyof typeof failures;

export interface AppErrorOptions {
  /** What exactly was wrong, for the person who meets the error. */
  readonly detail?: string;
  /** The operation that failed, as Mattermost names it (`where`). */
  readonly where?: string;
  readonly cause?: unknown;
  /** Replaces the status of the table where the circumstances decide it. */
  readonly statusCode?: number;
  /** A plugin's own refusal, whose id and words go out in place of the table's. */
  readonly ofPlugin?: { readonly id: string; readonly message: string };
}

/**
 * Mattermost's model.AppError: what REST clients receive as JSON and plugins as the last result of an API call.
 * `code` is Mattermost's error id, `statusCode` the HTTP status that belongs to it.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: AppErrorId;
  /** What clients and plugins read as the error's id: `code`, or the id that a plugin chose. */
  readonly id: string;
  readonly statusCode: number;
  readonly where: string;
  readonly detail: string;

  constructor(code: AppErrorId, options: AppErrorOptions = {}) {
    const [statusCode, words] = failures[code];
    const own = options.detail ? `${words} ${options.detail}` : words;
    super(
      options.ofPlugin?.message ?? own,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = code;
    this.id = options.ofPlugin?.id ?? code;
    this.statusCode = options.statusCode ?? statusCode;
    this.where = options.where ?? "";
    this.detail = options.detail ?? "";
  }
}
