import { AppError } from "../app-error.ts";
import type { Clock } from "../clock.ts";
import { type NewId, randomId } from "../identity.ts";
import type { Post, PostDraft, PostPage, Reaction } from "../model/post.ts";

/** PendingPostId makes a repeated creation within this time answer the first post (App.deduplicateCreatePost). */
const pendingPostKeptMs = 30_000;

/** Posts and reactions. Rules and hooks live in `Posting`; this only keeps what was decided. */
export class PostStore {
  readonly #clock: Clock;
  readonly #newId: NewId;
  readonly #posts = new Map<string, Post>();
  /** Post ids of each channel in order of creation. */
  readonly #byChannel = new Map<string, string[]>();
  readonly #pending = new Map<string, { postId: string; until: number }>();
  readonly #reactions = new Map<string, Reaction[]>();
  #lastCreateAt = 0;

  constructor(clock: Clock, newId: NewId = randomId) {
    this.#clock = clock;
    this.#newId = newId;
  }

  /** The post that the same author created under this pending id in the last 30 s. */
  findPending(userId: string, pendingPostId: string): Post | undefined {
    const now = this.#clock.now();
    // They end in the order in which they began; looking at all of them would take longer with every post.
    for (const [key, { until }] of this.#pending) {
      if (until > now) break;
      this.#pending.delete(key);
    }
    const entry = this.#pending.get(`${userId}:${pendingPostId}`);
    return entry && entry.until > now ? this.#posts.get(entry.postId) : undefined;
  }

  insert(draft: PostDraft): Post {
    // Creation times are unique and rising so that a page's order never depends on chance.
    const createAt = draft.createAt ?? Math.max(this.#clock.now(), this.#lastCreateAt + 1);
    this.#lastCreateAt = Math.max(createAt, this.#lastCreateAt);
    const post: Post = {
      id: draft.id ?? this.#newId(),
      createAt,
      updateAt: createAt,
      editAt: 0,
      deleteAt: 0,
      isPinned: draft.isPinned ?? false,
      userId: draft.userId,
      channelId: draft.channelId,
      rootId: draft.rootId ?? "",
      originalId: "",
      message: draft.message,
      type: draft.type ?? "",
      props: draft.props ?? {},
      hashtags: hashtagsOf(draft.message),
      fileIds: [...(draft.fileIds ?? [])],
      pendingPostId: draft.pendingPostId ?? "",
      hasReactions: false,
      replyCount: 0,
      lastReplyAt: 0,
      priority: draft.priority,
    };
    this.#posts.set(post.id, post);
    const list = this.#byChannel.get(post.channelId) ?? [];
    list.push(post.id);
    this.#byChannel.set(post.channelId, list);
    if (post.pendingPostId !== "") {
      const until = this.#clock.now() + pendingPostKeptMs;
      const key = `${post.userId}:${post.pendingPostId}`;
      this.#pending.delete(key);
      this.#pending.set(key, { postId: post.id, until });
    }
    const root = post.rootId === "" ? undefined : this.#posts.get(post.rootId);
    if (root)
      Object.assign(root, { replyCount: root.replyCount + 1, lastReplyAt: createAt, updateAt: createAt });
    return post;
  }

  replace(post: Post): Post {
    this.#posts.set(post.id, post);
    return post;
  }

  find(id: string): Post | undefined {
    return this.#posts.get(id);
  }

  get(id: string): Post {
    const post = this.#posts.get(id);
    if (post?.deleteAt !== 0) throw new AppError("app.post.get.app_error", { where: "GetPost" });
    return post;
  }

  /** Marks the post and, if it is a root, its replies as deleted; returns them. */
  delete(id: string): Post[] {
    const post = this.get(id);
    const at = this.#clock.now();
    const gone = [post, ...this.#inChannel(post.channelId).filter((other) => other.rootId === id)];
    for (const one of gone) this.replace({ ...one, deleteAt: at, updateAt: at });
    const root = post.rootId === "" ? undefined : this.#posts.get(post.rootId);
    if (root) root.replyCount -= 1;
    return gone;
  }

  /** Living posts of a channel, oldest first. */
  #inChannel(channelId: string): Post[] {
    const ids = this.#byChannel.get(channelId) ?? [];
    return ids.flatMap((id) => this.#posts.get(id) ?? []).filter((post) => post.deleteAt === 0);
  }

  page(channelId: string, page: number, perPage: number): PostPage {
    const newestFirst = this.#inChannel(channelId).reverse();
    return cut(newestFirst, page * perPage, perPage);
  }

  /** Posts older than `postId`, newest first. */
  before(channelId: string, postId: string, page: number, perPage: number): PostPage {
    const newestFirst = this.#inChannel(channelId).reverse();
    const start = newestFirst.findIndex((post) => post.id === postId);
    return start < 0 ? cut([], 0, 0) : cut(newestFirst, start + 1 + page * perPage, perPage);
  }

  /** Posts newer than `postId`, newest first; page 0 is the one next to it. */
  after(channelId: string, postId: string, page: number, perPage: number): PostPage {
    const newestFirst = this.#inChannel(channelId).reverse();
    const end = newestFirst.findIndex((post) => post.id === postId);
    if (end < 0) return cut([], 0, 0);
    const last = Math.max(0, end - page * perPage);
    const first = Math.max(0, last - perPage);
    return cut(newestFirst, first, last - first);
  }

  /** Everything that changed at or after `timeMs`, deleted posts included, as clients need it to catch up. */
  since(channelId: string, timeMs: number): PostPage {
    const ids = this.#byChannel.get(channelId) ?? [];
    const changed = ids.flatMap((id) => this.#posts.get(id) ?? []).filter((post) => post.updateAt >= timeMs);
    changed.reverse();
    return cut(changed, 0, changed.length);
  }

  thread(postId: string): PostPage {
    const post = this.get(postId);
    const rootId = post.rootId || post.id;
    const all = this.#inChannel(post.channelId).filter((one) => one.id === rootId || one.rootId === rootId);
    all.reverse();
    return cut(all, 0, all.length);
  }

  reactions(postId: string): readonly Reaction[] {
    return this.#reactions.get(postId) ?? [];
  }

  addReaction(userId: string, postId: string, emojiName: string): { reaction: Reaction; added: boolean } {
    const post = this.get(postId);
    const list = this.#reactions.get(postId) ?? [];
    const existing = list.find((one) => one.userId === userId && one.emojiName === emojiName);
    if (existing) return { reaction: existing, added: false };
    const reaction = { userId, postId, emojiName, createAt: this.#clock.now(), channelId: post.channelId };
    this.#reactions.set(postId, [...list, reaction]);
    this.replace({ ...post, hasReactions: true, updateAt: this.#clock.now() });
    return { reaction, added: true };
  }

  removeReaction(userId: string, postId: string, emojiName: string): Reaction | undefined {
    const post = this.get(postId);
    const list = this.#reactions.get(postId) ?? [];
    const gone = list.find((one) => one.userId === userId && one.emojiName === emojiName);
    if (!gone) return undefined;
    const left = list.filter((one) => one !== gone);
    this.#reactions.set(postId, left);
    this.replace({ ...post, hasReactions: left.length > 0, updateAt: this.#clock.now() });
    return gone;
  }
}

function cut(newestFirst: readonly Post[], start: number, count: number): PostPage {
  const shown = newestFirst.slice(start, start + count);
  return {
    order: shown.map((post) => post.id),
    posts: new Map(shown.map((post) => [post.id, post])),
    nextPostId: newestFirst[start - 1]?.id ?? "",
    prevPostId: newestFirst[start + count]?.id ?? "",
  };
}

function hashtagsOf(message: string): string {
  return [...message.matchAll(/(?<![\p{L}\d_#])#\p{L}[\p{L}\d_.-]*[\p{L}\d]/gu)]
    .map(([tag]) => tag)
    .join(" ");
}
