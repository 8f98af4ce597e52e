import { createHash } from "node:crypto";
import type { Api } from "@msteams-notifications/plugin-sdk";
import { type BotPosts, MattermostError, type NewBotPost } from "../../application/ports.ts";
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
    const { id } = await askMattermost("create a post", () =>
      this.#api.posts.create({
        channelId,
        userId: this.#botUserId,
        message: post.message,
        rootId: post.rootId ?? "",
        props: { ...post.props, [keyProp]: post.key },
        pendingPostId: pendingPostId(channelId, post.key),
      }),
    );
    return { postId: id };
  }

  async exists(postId: string): Promise<boolean> {
    try {
      return (await askMattermost("look up a post", () => this.#api.posts.get(postId))).deleteAt === 0;
    } catch (error) {
      if (error instanceof MattermostError && error.code === "not-found") return false;
      throw error;
    }
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
      const found = listed.find((post) => post.userId === this.#botUserId && post.props?.[keyProp] === key);
      if (found !== undefined) return { postId: found.id };
      const oldest = listed.at(-1);
      if (oldest === undefined || oldest.createAt < sinceMs || order.length < pageLength) return undefined;
    }
    throw new MattermostError("unavailable", "The direct channel holds too many posts to look through.");
  }
}

/** Mattermost answers a repetition within 30 s with the post it made the first time (facts, section 4). */
function pendingPostId(channelId: string, key: string): string {
  return `${channelId}:${createHash("sha256").update(key).digest("hex").slice(0, 26)}`;
}
