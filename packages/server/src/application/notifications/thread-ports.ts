/** The thread of one Teams chat in one reader's direct channel. */
export interface ThreadKey {
  readonly userId: string;
  readonly chatId: string;
}

export interface ChatThread {
  /** Counts the thread's root posts from 1: one that is deleted is followed by another. */
  readonly generation: number;
  /** Absent until the root post is known to exist. */
  readonly rootPostId: string | undefined;
  readonly channelId: string;
  /** When this root post was first going to be made; it is not older. */
  readonly createdAtMs: number;
  /** When the attempt to make it began that is under way; absent when none is. */
  readonly intendedAtMs: number | undefined;
}

/** Remembers the root posts of threads, and before that the intent to make them. */
export interface ChatThreads {
  /** Also notes that the thread is in use. */
  find(key: ThreadKey): Promise<ChatThread | undefined>;
  /** Records that a root post is about to be made; the record as it is when there was one. */
  intend(key: ThreadKey, channelId: string): Promise<"first" | ChatThread>;
  /** As `DeliveryLog.setUnderWay` and `setEnded`. */
  setUnderWay(key: ThreadKey, isUnderWay: boolean): Promise<void>;
  finish(key: ThreadKey, rootPostId: string): Promise<void>;
  /** That root post is gone: the next generation begins, unless it has already. */
  renew(key: ThreadKey, goneRootPostId: string): Promise<void>;
}
