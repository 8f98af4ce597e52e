import { type BotPosts, MattermostError, type NewBotPost, type PostAddition } from "../ports.ts";

export class MemoryPosts implements BotPosts {
  readonly posts: {
    readonly id: string;
    readonly channelId: string;
    readonly key: string;
    readonly message: string;
    readonly rootId?: string;
  }[] = [];
  readonly deleted = new Set<string>();
  failNext:
    | { readonly error: Error; readonly afterCreating: boolean; readonly channelId?: string }
    | undefined;
  lookUps = 0;
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
    const { key, message } = post;
    this.posts.push({ id, channelId, key, message, ...(rootId !== undefined && { rootId }) });
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
  /** What was attached to each post, the note of every message in it. */
  readonly attached = new Map<string, { fileIds: readonly string[]; notes: ReadonlyMap<string, string> }>();
  /** How many files a post takes here, as other posts' messages may have used up its room. */
  room = 10;
  async attach(postId: string, { key, fileIds, note }: PostAddition): Promise<readonly string[]> {
    if (!(await this.exists(postId))) throw new MattermostError("not-found", "deleted");
    const known = this.attached.get(postId) ?? { fileIds: [], notes: new Map() };
    const all = [...new Set([...known.fileIds, ...fileIds])].slice(0, this.room);
    this.attached.set(postId, { fileIds: all, notes: new Map([...known.notes, [key, note]]) });
    return all;
  }
}
