import { AppError } from "../app-error.ts";
import { isRecord, type JsonObject, toJsonObject } from "../json.ts";
import type { Post } from "../model/post.ts";
import { attachmentsOf } from "../model/post-json.ts";
import type { Session } from "../model/user.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { type ActionCookie, cookieOf } from "../system/action-cookies.ts";
import type { PostChange } from "../system/posting.ts";
import { type Body, readBody } from "./body.ts";
import { askIntegration } from "./integration.ts";
import { type Rest, requireInChannel } from "./rest.ts";

/** A click on a button or a choice in a menu of a post: the integration behind it is asked what to do. */
export function postActionRoute(rest: Rest, parts: NodeParts): void {
  const { system, activity } = parts;

  rest.post("/posts/:post_id/actions/:action_id", async (context) => {
    const session = context.get("session");
    const body = await readBody(context);
    const postId = context.req.param("post_id");
    const stored = system.posts.find(postId);
    const asked = stored ? storedAction(stored, context.req.param("action_id")) : cookieAction(postId, body);
    requireInChannel(parts, context, asked.channelId, "read_channel_content");
    const { integration } = asked;
    if (typeof integration?.url !== "string") throw new AppError("api.post.do_action.action_id.app_error");
    const selected = body.optionalText("selected_option");
    const { triggerId, clientTriggerId } = system.triggers.issue(session.userId);
    const given = isRecord(integration.context) ? (integration.context as JsonObject) : {};
    const request = {
      ...placeOf(postId, asked.channelId, session),
      trigger_id: triggerId,
      type: asked.type,
      data_source: asked.dataSource,
      context: selected ? { ...given, selected_option: selected } : given,
    };
    const answer = await askIntegration(parts, session, integration.url, request);
    if (isRecord(answer.update)) {
      // What is not stored cannot be updated so: the server looks for it and fails.
      const post = system.posts.get(postId);
      await activity.posting.update(post.id, changeOf(post, toJsonObject(answer.update)));
    }
    if (typeof answer.ephemeral_text === "string" && answer.ephemeral_text !== "") {
      activity.ephemeral.send(session.userId, {
        userId: session.userId,
        channelId: asked.channelId,
        rootId: asked.rootPostId,
        props: stored ? retainedProps(stored) : {},
        message: answer.ephemeral_text,
      });
    }
    return context.json({ status: "OK", trigger_id: clientTriggerId });
  });

  /** The server believes a cookie for a post that it does not know, and only for the one that it was made for. */
  function cookieAction(postId: string, body: Body): ActionCookie {
    const cookie = system.actionCookies.read(body.optionalText("cookie") ?? "");
    if (cookie === undefined) throw new AppError("app.post.get.app_error");
    if (cookie.postId !== postId || cookie.integration === undefined)
      throw new AppError("api.post.do_action.action_integration.app_error");
    return cookie;
  }

  function placeOf(postId: string, channelId: string, session: Session): JsonObject {
    const channel = system.channels.get(channelId);
    const team = channel.teamId === "" ? undefined : system.teams.get(channel.teamId);
    return {
      user_id: session.userId,
      user_name: system.users.get(session.userId).username,
      channel_id: channel.id,
      channel_name: channel.name,
      team_id: channel.teamId,
      team_domain: team?.name ?? "",
      post_id: postId,
    };
  }
}

/** model.PostActionRetainPropKeys: an integration can not change in whose name its post speaks. */
const retainedKeys = ["from_webhook", "override_username", "override_icon_url"];

function retainedProps(post: Post): JsonObject {
  return Object.fromEntries(Object.entries(post.props).filter(([key]) => retainedKeys.includes(key)));
}

/** An update replaces the whole post; without props it keeps those it had. */
function changeOf(post: Post, update: JsonObject): PostChange {
  const props = isRecord(update.props)
    ? Object.fromEntries(
        Object.entries(update.props as JsonObject).filter(([key]) => !retainedKeys.includes(key)),
      )
    : post.props;
  return {
    message: typeof update.message === "string" ? update.message : "",
    props: { ...props, ...retainedProps(post) },
    fileIds: Array.isArray(update.file_ids) ? update.file_ids.map(String) : [],
    isPinned: post.isPinned,
  };
}

function storedAction(post: Post, actionId: string): ActionCookie {
  const action = findAction(post, actionId);
  if (!action) throw new AppError("api.post.do_action.action_id.app_error");
  return cookieOf(post, action);
}

function findAction(post: Post, actionId: string): JsonObject | undefined {
  return attachmentsOf(post.props)
    .flatMap((attachment) => (Array.isArray(attachment.actions) ? attachment.actions : []))
    .filter(isRecord)
    .map((action) => action as JsonObject)
    .find((action) => action.id === actionId);
}
