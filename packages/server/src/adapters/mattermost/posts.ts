import { createHash } from "node:crypto";
import type { Api, Post } from "@msteams-notifications/plugin-sdk";
import { partsProp } from "../../application/notifications/post-parts.ts";
import {
  type BotPost,
  type BotPosts,
  MattermostError,
  type NewBotPost,
  type PostProps,
  type StandingPost,
} from "../../application/ports.ts";
import { askMattermost } from "./mattermost-failure.ts";

/** The prop by which a post is found again after a crash. */
export const keyProp = "msteams_notifications_key";

/** Mattermost's `GetPostsSince` stops at 1,000 posts; a page this long reads further back. */
const pageLength = 200;
/** A direct channel with more posts than this within a retry's time would be no person's. */
const maxPages = 25;

/** Direct messages of the bot. */
export class Posts implements BotPosts {
  readonly #api: Api;
  readonly #botUserId: string;
  readonly #channels = new Map<string, Promise<string>>();

  constructor(api: Api, botUserId: string) {
    this.#api = api;
    this.#botUserId = botUserId;
  }

  directChannel(userId: string): Promise<string> {
    const known = this.#channels.get(userId);
    if (known !== undefined) return known;
    const asked = askMattermost("open the direct channel", async () => {
      const { id } = await this.#api.channels.getDirect(userId, this.#botUserId);
      return id;
    });
    this.#channels.set(userId, asked);
    asked.catch(() => this.#channels.delete(userId));
    return asked;
  }

  async create(channelId: string, post: NewBotPost): Promise<{ readonly postId: string }> {
    const priority = await this.#priorityOf(post);
    const { id } = await askMattermost("create a post", () =>
      this.#api.posts.create({
        channelId,
        userId: this.#botUserId,
        message: post.message,
        rootId: post.rootId ?? "",
        props: { ...post.props, [keyProp]: post.key },
        pendingPostId: pendingPostId(channelId, post.key),
        ...(priority && { metadata: { priority: { priority } } }),
      }),
    );
    return { postId: id };
  }

  async newestUnseen(channelId: string, userId: string): Promise<StandingPost | undefined> {
    const [{ order = [], posts = {} }, member] = await askMattermost("look at the newest post", () =>
      Promise.all([
        this.#api.posts.inChannel(channelId, 0, 1),
        this.#api.channels.getMember(channelId, userId),
      ]),
    );
    const post = posts[order[0] ?? ""];
    if (post?.userId !== this.#botUserId || member.lastViewedAt >= post.createAt) return undefined;
    const { id: postId, message, props, createAt: createdAtMs, rootId } = post;
    return { postId, message, props: props ?? {}, createdAtMs, rootId: rootId === "" ? undefined : rootId };
  }

  async read(postId: string): Promise<BotPost | undefined> {
    const post = await this.#find(postId);
    return post && { postId, message: post.message, props: post.props ?? {} };
  }

  async rewrite(
    postId: string,
    { message, props }: { readonly message: string; readonly props: PostProps },
  ): Promise<"rewritten" | "gone"> {
    // Just before, so that what people did to it meanwhile, such as pinning it, is handed back. Mattermost deletes the
    // files that are not (facts, section 4).
    const post = await this.#find(postId);
    if (post === undefined) return "gone";
    await askMattermost("change a post", () =>
      this.#api.posts.update({ ...post, message, props: { ...post.props, ...props } }),
    );
    return "rewritten";
  }

  async exists(postId: string): Promise<boolean> {
    return (await this.#find(postId)) !== undefined;
  }

  async findByKey(
    channelId: string,
    key: string,
    sinceMs: number,
  ): Promise<{ readonly postId: string } | undefined> {
    for (let page = 0; page < maxPages; page += 1) {
      const { order = [], posts = {} } = await askMattermost("list posts", () =>
        this.#api.posts.inChannel(channelId, page, pageLength),
      );
      const listed = order.flatMap((id) => posts[id] ?? []);
      const found = listed.find((post) => post.userId === this.#botUserId && isKeyOf(post, key));
      if (found !== undefined) return { postId: found.id };
      const oldest = listed.at(-1);
      if (oldest === undefined || oldest.createAt < sinceMs || order.length < pageLength) return undefined;
    }
    throw new MattermostError("unavailable", "The direct channel holds too many posts to look through.");
  }

  async #find(postId: string) {
    try {
      const post = await askMattermost("read a post", () => this.#api.posts.get(postId));
      return post.deleteAt === 0 ? post : undefined;
    } catch (error) {
      if (error instanceof MattermostError && error.code === "not-found") return undefined;
      throw error;
    }
  }

  /** Few messages have a priority, so that the setting is asked for with each. Replies cannot have one (facts, section 4). */
  async #priorityOf({ priority, rootId }: NewBotPost): Promise<NewBotPost["priority"]> {
    if (priority === undefined || rootId !== undefined) return undefined;
    const { serviceSettings } = await askMattermost("read its configuration", () =>
      this.#api.configuration.get(),
    );
    return serviceSettings.postPriority === true ? priority : undefined;
  }
}

/** The key of the message that the post was made for, or of one that joined it. */
function isKeyOf({ props }: Pick<Post, "props">, key: string): boolean {
  const parts = props?.[partsProp];
  return props?.[keyProp] === key || (Array.isArray(parts) && parts.some((part) => Object(part).key === key));
}

/** Mattermost answers a repetition within 30 s with the post it made the first time (facts, section 4). */
function pendingPostId(channelId: string, key: string): string {
  return `${channelId}:${createHash("sha256").update(key).digest("hex").slice(0, 26)}`;
}
