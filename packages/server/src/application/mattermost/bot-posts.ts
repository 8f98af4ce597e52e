/** What a post's props can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type PostProps = Readonly<Record<string, Json>>;

/** A post before it exists. `key` identifies it in its channel for ever, see {@link BotPosts.findByKey}. */
export interface NewBotPost {
  readonly message: string;
  readonly key: string;
  readonly props?: PostProps;
  /** Shown beside the post where the server has priorities; elsewhere left out. */
  readonly priority?: "important" | "urgent";
  /** The root post of the same channel that it answers; absent for a post of its own. */
  readonly rootId?: string | undefined;
}

/** What a message brings into its post besides the text. */
export interface PostAddition {
  /** The message's, as in {@link NewBotPost}: a post may hold several. */
  readonly key: string;
  readonly fileIds: readonly string[];
  /** Markdown below the text, in place of what `key` had there before; empty for none. */
  readonly note: string;
}

/** What a post says once these files hang on it; undefined for what it says already. */
export type Retell = (
  post: BotPost,
  fileIds: readonly string[],
) => Pick<PostChange, "message" | "props"> | undefined;

export interface PostChange {
  readonly message: string;
  readonly props: PostProps;
  /** The note and the files of that message go: Mattermost deletes files that their post loses. */
  readonly withdrawn?: Pick<PostAddition, "key" | "fileIds"> | undefined;
}

/** A post of the bot as it stands. */
export interface BotPost {
  readonly postId: string;
  readonly message: string;
  /** With those that Mattermost and other plugins added. */
  readonly props: Readonly<Record<string, unknown>>;
}

/** Where a post of the bot stands. */
export interface StandingPost extends BotPost {
  /** By Mattermost's clock. */
  readonly createdAtMs: number;
  /** Absent for a post of its own. */
  readonly rootId: string | undefined;
}

/** Direct messages of the bot. All throw {@link MattermostError} on failure. */
export interface BotPosts {
  /** The direct channel of the bot and `userId`; made when missing. Cached. */
  directChannel(userId: string): Promise<string>;
  create(channelId: string, post: NewBotPost): Promise<{ readonly postId: string }>;
  /** Whether the post is there, and neither deleted nor removed by retention. */
  exists(postId: string): Promise<boolean>;
  /** The post with that key, looked for among posts of `channelId` created at or after `sinceMs`. */
  findByKey(
    channelId: string,
    key: string,
    sinceMs: number,
  ): Promise<{ readonly postId: string } | undefined>;
  /**
   * The newest post of the direct channel, replies included, if it is the bot's and the person has not looked at the
   * channel since it was made.
   */
  newestUnseen(channelId: string, userId: string): Promise<StandingPost | undefined>;
  /** That post of the direct channel, on the same condition; undefined when somebody deleted it. */
  unseen(postId: string, channelId: string, userId: string): Promise<StandingPost | undefined>;
  /** `undefined` when somebody deleted it. */
  read(postId: string): Promise<BotPost | undefined>;
  /** The key that a post of the bot in that channel was made with; undefined for any other post, and for a deleted one. */
  keyOf(postId: string, channelId: string): Promise<string | undefined>;
  /**
   * Gives the post another message and lays `props` over those it has; files and all else stay, but for what a message
   * brought that was withdrawn. Notifies nobody. Repeating it is harmless.
   */
  rewrite(postId: string, change: PostChange): Promise<"rewritten" | "gone">;
  /**
   * Adds files and a note, and in the same call changes the text as `retell` says; other files and other notes stay. Doing
   * it twice is doing it once. Resolves to the files of the post afterwards: those that are missing had no room or were
   * not taken.
   */
  attach(postId: string, addition: PostAddition, retell?: Retell): Promise<readonly string[]>;
}
