import { type BotPost, type BotPosts, MattermostError, type NewBotPost, type PostProps } from "../ports.ts";

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
  failNext:
    | { readonly error: Error; readonly afterCreating: boolean; readonly channelId?: string }
    | undefined;
  /** Thrown by the next rewriting, once. */
  failRewriting: MattermostError | undefined;
  lookUps = 0;
  rewritings = 0;
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
    if (failure !== undefined) throw failure.error;
    return { postId: id };
  }
  async exists(postId: string): Promise<boolean> {
    return !this.deleted.has(postId) && this.posts.some(({ id }) => id === postId);
  }
  async findByKey(channelId: string, key: string): Promise<{ readonly postId: string } | undefined> {
    this.lookUps += 1;
    const found = this.posts.find(
      ({ id, ...post }) => !this.deleted.has(id) && post.channelId === channelId && post.key === key,
    );
    return found && { postId: found.id };
  }
  async read(postId: string): Promise<BotPost | undefined> {
    const found = this.posts.find(({ id }) => id === postId && !this.deleted.has(id));
    return found && { postId, message: found.message, props: found.props ?? {} };
  }
  async rewrite(
    postId: string,
    { message, props }: { readonly message: string; readonly props: PostProps },
  ): Promise<"rewritten" | "gone"> {
    const failure = this.failRewriting;
    this.failRewriting = undefined;
    if (failure !== undefined) throw failure;
    const index = this.posts.findIndex(({ id }) => id === postId);
    const found = this.posts[index];
    if (found === undefined || this.deleted.has(postId)) return "gone";
    this.rewritings += 1;
    this.posts[index] = { ...found, message, props: { ...found.props, ...props } };
    return "rewritten";
  }
}
