import type { Clock } from "../clock.ts";
import type {
  BotPost,
  BotPosts,
  NewBotPost,
  PostAddition,
  PostChange,
  PostProps,
  Retell,
  StandingPost,
} from "../mattermost/bot-posts.ts";
import { MattermostError } from "../mattermost/mattermost-error.ts";
import { partsProp } from "../notifications/post-parts.ts";
import { FixedClock } from "./time.ts";

export interface MemoryPost {
  readonly id: string;
  readonly channelId: string;
  readonly key: string;
  readonly message: string;
  readonly props?: PostProps;
  readonly rootId?: string | undefined;
}

export class MemoryPosts implements BotPosts {
  readonly posts: MemoryPost[] = [];
  readonly deleted = new Set<string>();
  /** People who have the bot's channel open. */
  readonly looking = new Set<string>();
  readonly #createdAtMs = new Map<string, number>();
  readonly #clock: Clock;
  failNext:
    | { readonly error: Error; readonly afterCreating: boolean; readonly channelId?: string }
    | undefined;
  /** Thrown by the next rewriting, once. */
  failRewriting: { readonly error: MattermostError; readonly afterwards?: boolean } | undefined;
  lookUps = 0;
  rewritings = 0;
  constructor(clock: Clock = new FixedClock()) {
    this.#clock = clock;
  }
  async directChannel(userId: string): Promise<string> {
    return `dm-${userId}`;
  }
  async create(channelId: string, post: NewBotPost): Promise<{ readonly postId: string }> {
    const failure =
      this.failNext?.channelId === undefined || this.failNext.channelId === channelId
        ? this.failNext
        : undefined;
    if (failure !== undefined) this.failNext = undefined;
    if (failure !== undefined && !failure.afterCreating) throw failure.error;
    const { rootId } = post;
    if (rootId !== undefined && !(await this.exists(rootId)))
      throw new MattermostError("rejected", "The root is gone.");
    const id = `post-${this.posts.length + 1}`;
    this.posts.push({ ...post, id, channelId });
    this.#createdAtMs.set(id, this.#clock.now());
    if (failure !== undefined) throw failure.error;
    return { postId: id };
  }
  async exists(postId: string): Promise<boolean> {
    return !this.deleted.has(postId) && this.posts.some(({ id }) => id === postId);
  }
  async findByKey(channelId: string, key: string): Promise<{ readonly postId: string } | undefined> {
    this.lookUps += 1;
    const found = this.posts.find(
      (post) => !this.deleted.has(post.id) && post.channelId === channelId && isKeyOf(post, key),
    );
    return found && { postId: found.id };
  }
  /** What was attached to each post, the note of every message in it. */
  readonly attached = new Map<string, { fileIds: readonly string[]; notes: ReadonlyMap<string, string> }>();
  /** How many files a post takes here, as other posts' messages may have used up its room. */
  room = 10;
  async attach(
    postId: string,
    { key, fileIds, note }: PostAddition,
    retell?: Retell,
  ): Promise<readonly string[]> {
    const index = this.posts.findIndex(({ id }) => id === postId);
    const found = this.posts[index];
    if (found === undefined || this.deleted.has(postId)) throw new MattermostError("not-found", "deleted");
    const known = this.attached.get(postId) ?? { fileIds: [], notes: new Map() };
    const all = [...new Set([...known.fileIds, ...fileIds])].slice(0, this.room);
    this.attached.set(postId, { fileIds: all, notes: new Map([...known.notes, [key, note]]) });
    const told = retell?.({ postId, message: found.message, props: found.props ?? {} }, all);
    if (told !== undefined)
      this.posts[index] = { ...found, message: told.message, props: { ...found.props, ...told.props } };
    return all;
  }
  async newestUnseen(channelId: string, userId: string): Promise<StandingPost | undefined> {
    const newest = this.posts.findLast((post) => post.channelId === channelId && !this.deleted.has(post.id));
    return newest && this.unseen(newest.id, channelId, userId);
  }
  async unseen(postId: string, channelId: string, userId: string): Promise<StandingPost | undefined> {
    const found = this.posts.find((post) => post.id === postId && post.channelId === channelId);
    if (found === undefined || this.deleted.has(postId) || this.looking.has(userId)) return undefined;
    const { message, props = {}, rootId } = found;
    return { postId, message, props, createdAtMs: this.#createdAtMs.get(postId) ?? 0, rootId };
  }
  async read(postId: string): Promise<BotPost | undefined> {
    const found = this.posts.find(({ id }) => id === postId && !this.deleted.has(id));
    return found && { postId, message: found.message, props: found.props ?? {} };
  }
  async keyOf(postId: string, channelId: string): Promise<string | undefined> {
    const found = this.posts.find(({ id }) => id === postId && !this.deleted.has(id));
    return found?.channelId === channelId ? found.key : undefined;
  }
  async rewrite(postId: string, { message, props, withdrawn }: PostChange): Promise<"rewritten" | "gone"> {
    const failure = this.failRewriting;
    this.failRewriting = undefined;
    if (failure !== undefined && failure.afterwards !== true) throw failure.error;
    const index = this.posts.findIndex(({ id }) => id === postId);
    const found = this.posts[index];
    if (found === undefined || this.deleted.has(postId)) return "gone";
    this.rewritings += 1;
    this.posts[index] = { ...found, message, props: { ...found.props, ...props } };
    const attached = this.attached.get(postId);
    if (withdrawn !== undefined && attached !== undefined) {
      const fileIds = attached.fileIds.filter((id) => !withdrawn.fileIds.includes(id));
      this.attached.set(postId, { fileIds, notes: new Map([...attached.notes, [withdrawn.key, ""]]) });
    }
    if (failure !== undefined) throw failure.error;
    return "rewritten";
  }
}

/** By its own key, or that of a message that joined it. */
function isKeyOf({ key, props }: MemoryPost, wanted: string): boolean {
  return key === wanted || JSON.stringify(props?.[partsProp] ?? []).includes(JSON.stringify(wanted));
}
