import type { CopyLimits } from "../../domain/copying/copy-failure.ts";
import type { Copyable } from "../../domain/copying/copyable.ts";
import { copyNote } from "../../domain/rendering/copy-note.ts";
import type { DeliveryKey } from "../deliveries/delivery-log.ts";
import type { BotPosts, Retell } from "../mattermost/bot-posts.ts";
import { MattermostError } from "../mattermost/mattermost-error.ts";
import { postKey } from "../notifications/deliver.ts";
import { type Copied, type CopiedFiles, maxFilesOfPost } from "./copying-ports.ts";

export interface Attaching {
  readonly posts: Pick<BotPosts, "attach" | "directChannel">;
  readonly copied: CopiedFiles;
}

/** Where the copies of one message go. */
export interface AttachTarget {
  readonly key: DeliveryKey;
  readonly postId: string;
  readonly copyables: readonly Copyable[];
  readonly limits: CopyLimits;
  /** What a post says once what has been copied hangs on it. */
  readonly retell: (known: ReadonlyMap<string, Copied>) => Retell;
}

/**
 * Brings the post up to what is recorded: files that were copied, and a note on those that were not. Repeated, it finds
 * everything done. A post that the person deleted gets nothing.
 */
export async function attachCopied(parts: Attaching, target: AttachTarget): Promise<void> {
  const { posts, copied } = parts;
  const keys = target.copyables.map(({ key }) => key);
  const known = await copied.of(target.key, keys);
  try {
    const onPost = await posts.attach(target.postId, additionOf(target, known), target.retell(known));
    const missing = [...known].filter(([, each]) => each.kind === "copied" && !onPost.includes(each.fileId));
    if (missing.length === 0) return;
    // Several messages may share a post and its room; otherwise this Mattermost adds no files to posts that exist.
    const failure = onPost.length >= maxFilesOfPost ? "too-many" : "refused";
    for (const [key] of missing) await copied.withdraw(target.key, key, failure);
    const left = await copied.of(target.key, keys);
    await posts.attach(target.postId, additionOf(target, left), target.retell(left));
  } catch (error) {
    if (error instanceof MattermostError && error.code === "not-found") return;
    throw error;
  }
}

function additionOf({ key, copyables, limits }: AttachTarget, known: ReadonlyMap<string, Copied>) {
  const settled = copyables.flatMap((copyable) => {
    const result = known.get(copyable.key);
    return result === undefined ? [] : [{ copyable, result }];
  });
  return {
    key: postKey(key),
    fileIds: settled.flatMap(({ result }) => (result.kind === "copied" ? [result.fileId] : [])),
    note: copyNote(
      settled.flatMap(({ copyable, result }) =>
        result.kind === "failed" ? [{ copyable, failure: result.failure }] : [],
      ),
      limits,
    ),
  };
}
