import { AppError } from "../app-error.ts";
import { reactionJson } from "../model/post.ts";
import { postPageJson } from "../model/post-json.ts";
import type { NodeParts } from "../node/node-parts.ts";
import { type Body, bodyOf, invalid, readBody } from "./body.ts";
import { forbidden, pageOf, type Rest, type RestContext, requireInChannel, statusOk } from "./rest.ts";

/** Messages: writing, reading, changing and deleting them. */
export function postRoutes(rest: Rest, parts: NodeParts): void {
  const { system, activity } = parts;
  const { posting } = activity;
  const draftOf = (body: Body, userId: string) => ({
    userId,
    channelId: body.text("channel_id"),
    message: body.optionalText("message") ?? "",
    rootId: body.optionalText("root_id") ?? "",
    type: body.optionalText("type") ?? "",
    props: body.optionalObject("props") ?? {},
    fileIds: body.optionalStrings("file_ids") ?? [],
    pendingPostId: body.optionalText("pending_post_id") ?? "",
  });
  const readable = (context: RestContext, postId: string) => {
    const post = system.posts.get(postId);
    requireInChannel(parts, context, post.channelId, "read_channel_content");
    return post;
  };

  rest.post("/posts", async (context) => {
    const { userId } = context.get("session");
    const draft = draftOf(await readBody(context), userId);
    requireInChannel(parts, context, draft.channelId, "create_post");
    if (draft.type.startsWith("system_")) throw invalid("type", "empty or a custom type");
    if (draft.message === "" && draft.fileIds.length === 0 && draft.props.attachments === undefined) {
      throw invalid("message", "a text, or the post needs files");
    }
    const setOnline = context.req.query("set_online") !== "false";
    return context.json(posting.json(await posting.create(draft, { setOnline })), 201);
  });

  rest.post("/posts/ephemeral", async (context) => {
    const caller = context.get("session").userId;
    if (!system.permissions.has(caller, "create_post_ephemeral")) throw forbidden("create_post_ephemeral");
    const body = await readBody(context);
    const draft = draftOf(bodyOf(body.optionalObject("post") ?? {}), caller);
    return context.json(posting.json(activity.ephemeral.send(body.text("user_id"), draft)), 201);
  });

  rest.get("/posts/:post_id", (context) =>
    context.json(posting.json(readable(context, context.req.param("post_id")))),
  );

  rest.get("/posts/:post_id/thread", (context) => {
    const post = readable(context, context.req.param("post_id"));
    return context.json(postPageJson(system.posts.thread(post.id), (one) => posting.companionsOf(one)));
  });

  rest.on("PUT", ["/posts/:post_id", "/posts/:post_id/patch"], async (context) => {
    const before = readable(context, context.req.param("post_id") ?? "");
    requireInChannel(parts, context, before.channelId, "edit_post");
    const { userId } = context.get("session");
    if (before.userId !== userId && !system.permissions.has(userId, "edit_others_posts")) {
      throw forbidden("edit_others_posts");
    }
    const body = await readBody(context);
    const post = await posting.update(before.id, {
      message: body.optionalText("message") ?? before.message,
      props: body.optionalObject("props") ?? before.props,
      fileIds: body.optionalStrings("file_ids") ?? before.fileIds,
      isPinned: body.optionalFlag("is_pinned") ?? before.isPinned,
    });
    return context.json(posting.json(post));
  });

  rest.delete("/posts/:post_id", (context) => {
    const post = readable(context, context.req.param("post_id"));
    const { userId } = context.get("session");
    if (post.userId !== userId && !system.permissions.has(userId, "delete_others_posts")) {
      throw forbidden("delete_others_posts");
    }
    posting.delete(post.id, userId);
    return context.json(statusOk);
  });

  rest.get("/channels/:channel_id/posts", (context) => {
    const channelId = context.req.param("channel_id");
    requireInChannel(parts, context, channelId, "read_channel_content");
    const { since, before, after } = context.req.query();
    const { page, perPage } = pageOf(context);
    if (since !== undefined && (before !== undefined || after !== undefined)) {
      throw new AppError("api.context.invalid_url_param.app_error", {
        detail: "since excludes before and after.",
      });
    }
    const found =
      since !== undefined
        ? system.posts.since(channelId, Number(since))
        : before !== undefined
          ? system.posts.before(channelId, before, page, perPage)
          : after !== undefined
            ? system.posts.after(channelId, after, page, perPage)
            : system.posts.page(channelId, page, perPage);
    return context.json(postPageJson(found, (post) => posting.companionsOf(post)));
  });

  rest.post("/reactions", async (context) => {
    const body = await readBody(context);
    const { userId } = context.get("session");
    if (body.text("user_id") !== userId) throw forbidden("your own user id");
    const post = readable(context, body.text("post_id"));
    return context.json(reactionJson(posting.react(userId, post.id, body.text("emoji_name"))), 201);
  });

  rest.get("/posts/:post_id/reactions", (context) => {
    const post = readable(context, context.req.param("post_id"));
    return context.json(system.posts.reactions(post.id).map(reactionJson));
  });
}
