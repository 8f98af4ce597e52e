import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Api, Post } from "@msteams-notifications/plugin-sdk";
import type {
  BotPost,
  BotPosts,
  NewBotPost,
  PostAddition,
  PostChange,
  Retell,
  StandingPost,
} from "../../application/mattermost/bot-posts.ts";
import { MattermostError } from "../../application/mattermost/mattermost-error.ts";
import { partsProp } from "../../application/notifications/post-parts.ts";
import { askMattermost } from "./mattermost-failure.ts";
import { withNote } from "./post-notes.ts";

/** The prop by which a post is found again after a crash. */
export const keyProp = "msteams_notifications_key";

/** Mattermost's `GetPostsSince` stops at 1,000 posts; a page this long reads further back. */
const pageLength = 200;
/** Mattermost keeps the ids of a post's files in a column of 300 characters (facts, section 4). */
const maxFiles = 10;

/** A direct channel with more posts than this within a retry's time would be no person's. */
const maxPages = 25;

/** Direct messages of the bot. */
export class Posts implements BotPosts {
  readonly #api: Pick<Api, "posts" | "channels" | "configuration">;
  readonly #botUserId: string;
  readonly #channels = new Map<string, Promise<string>>();

  constructor(api: Pick<Api, "posts" | "channels" | "configuration">, botUserId: string) {
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
    return post && this.#ifUnseen(post, member);
  }

  async unseen(postId: string, channelId: string, userId: string): Promise<StandingPost | undefined> {
    const [post, member] = await Promise.all([
      this.#find(postId),
      askMattermost("look whether a post was seen", () => this.#api.channels.getMember(channelId, userId)),
    ]);
    return post && this.#ifUnseen(post, member);
  }

  #ifUnseen(post: Post, member: { readonly lastViewedAt: number }): StandingPost | undefined {
    if (post.userId !== this.#botUserId || member.lastViewedAt >= post.createAt) return undefined;
    const { id: postId, message, props, createAt: createdAtMs, rootId } = post;
    return { postId, message, props: props ?? {}, createdAtMs, rootId: rootId === "" ? undefined : rootId };
  }

  async read(postId: string): Promise<BotPost | undefined> {
    const post = await this.#find(postId);
    return post && { postId, message: post.message, props: post.props ?? {} };
  }

  async keyOf(postId: string, channelId: string): Promise<string | undefined> {
    const post = await this.#find(postId);
    const key = post?.props?.[keyProp];
    const isOurs = post?.userId === this.#botUserId && post.channelId === channelId;
    return isOurs && typeof key === "string" ? key : undefined;
  }

  async rewrite(postId: string, { message, props, withdrawn }: PostChange): Promise<"rewritten" | "gone"> {
    const changed = await this.#change(postId, (post) => {
      const both = { ...post.props, ...props };
      if (withdrawn === undefined) return { message, props: both };
      const fileIds = (post.fileIds ?? []).filter((id) => !withdrawn.fileIds.includes(id));
      return { message, props: withNote(both, withdrawn.key, ""), fileIds };
    });
    return changed === undefined ? "gone" : "rewritten";
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

  async attach(
    postId: string,
    { key, fileIds, note }: PostAddition,
    retell?: Retell,
  ): Promise<readonly string[]> {
    const changed = await this.#change(postId, (post) => {
      const all = [...new Set([...(post.fileIds ?? []), ...fileIds])].slice(0, maxFiles);
      const { message, props = {} } = post;
      const told = retell?.({ postId, message, props }, all) ?? { message, props: {} };
      return { message: told.message, fileIds: all, props: withNote({ ...props, ...told.props }, key, note) };
    });
    if (changed === undefined) throw new MattermostError("not-found", "The post was deleted.");
    return changed.fileIds ?? [];
  }

  /**
   * The one way in which a post of ours changes; undefined when somebody deleted it. Mattermost replaces posts as a whole
   * and deletes the files that the replacement leaves out (facts, section 4), so each change begins with the post as it is,
   * read just before, and hands back what people did to it meanwhile, such as pinning it. What is equal is not written.
   */
  async #change(postId: string, change: (post: Post) => Partial<Post>): Promise<Post | undefined> {
    const post = await this.#find(postId);
    if (post === undefined) return undefined;
    const changed = { ...post, ...change(post) };
    if (isDeepStrictEqual(changed, post)) return post;
    return askMattermost("change a post", () => this.#api.posts.update(changed));
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
