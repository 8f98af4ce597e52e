import type { ChatMessage } from "../../domain/chat-message.ts";
import type { Connection } from "../../domain/connection.ts";
import type { CopyFailure, CopyLimits } from "../../domain/copying/copy-failure.ts";
import { type Copyable, copyablesOf } from "../../domain/copying/copyable.ts";
import { chatMessageIdsOf } from "../../domain/resource-path.ts";
import type { Clock } from "../clock.ts";
import type { ConnectionStore } from "../connections/connection-store.ts";
import type { DeliveryKey, DeliveryLog } from "../deliveries/delivery-log.ts";
import { GraphError } from "../graph/graph-error.ts";
import type { Inbox, InboxTasks, InboxWork, RecordEnding, RetryDecision } from "../inbox/inbox.ts";
import type { Log } from "../log.ts";
import type { BotPost, BotPosts } from "../mattermost/bot-posts.ts";
import { MattermostError } from "../mattermost/mattermost-error.ts";
import type { Metrics } from "../metrics.ts";
import { postKey } from "../notifications/deliver.ts";
import type { OpenedMessage } from "../notifications/opened-message.ts";
import { readParts } from "../notifications/post-parts.ts";
import type { RetellingParts } from "../notifications/retelling.ts";
import { decideRetry } from "../notifications/retry-policy.ts";
import { type Attaching, attachCopied } from "./attach-copied.ts";
import { attachEntry } from "./copy-entries.ts";
import {
  type Copied,
  type CopiedFiles,
  type FileUploads,
  maxFilesOfPost,
  NotCopyable,
} from "./copying-ports.ts";
import { type FetchParts, fetchCopyable } from "./fetch-copyable.ts";
import { retellCopied } from "./retell-copied.ts";

/** Eight minutes or so with the pauses of the retry table: whoever waits for a file wants to know that it will not come. */
export const maxCopyAttempts = 10;

export type MessageTasks = InboxTasks<OpenedMessage<ChatMessage>>;

export interface CopyParts extends Omit<FetchParts, "signal">, Attaching {
  readonly posts: Pick<BotPosts, "attach" | "directChannel" | "read">;
  /** The work that was there before files were. */
  readonly messages: MessageTasks;
  readonly openMessage: (work: InboxWork) => Promise<ChatMessage>;
  readonly retelling: RetellingParts<ChatMessage>;
  readonly connections: Pick<ConnectionStore, "byMattermostUser">;
  readonly deliveries: Pick<DeliveryLog, "find">;
  readonly copied: CopiedFiles;
  readonly uploads: FileUploads;
  readonly inbox: Inbox<never>;
  readonly scope: "users" | "tenant";
  /** The administrator's limit; Mattermost's own may be lower. */
  readonly maxFileBytes: number;
  readonly stopping: AbortSignal;
  readonly clock: Clock;
  readonly random: () => number;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** A delivered message whose files are on their way. */
interface Delivered {
  readonly reader: Connection;
  readonly message: ChatMessage;
  readonly post: BotPost;
  readonly key: DeliveryKey;
  readonly postId: string;
  readonly channelId: string;
  readonly copyables: readonly Copyable[];
  readonly limits: CopyLimits & { readonly takesFiles: boolean };
}

/** Adds to the work behind the inbox what follows a delivery: copying what a message brings, and attaching it to its post. */
export class CopyTasks implements MessageTasks {
  readonly #parts: CopyParts;

  constructor(parts: CopyParts) {
    this.#parts = parts;
  }

  async process(work: InboxWork<OpenedMessage<ChatMessage>>, record: RecordEnding): Promise<void> {
    if (work.changeType !== "copy" && work.changeType !== "attach")
      return this.#parts.messages.process(work, record);
    const delivered = await this.#deliveredOf(work);
    if (delivered === undefined) return;
    if (work.changeType === "copy") await this.#copy(work, delivered);
    else {
      const retell = await retellCopied(this.#parts.retelling, work, delivered);
      await attachCopied(this.#parts, { ...delivered, retell });
    }
  }

  decideRetry(error: unknown, work: InboxWork): RetryDecision {
    return this.#parts.messages.decideRetry(error, work);
  }

  async bury(work: InboxWork, reason: string): Promise<void> {
    if (work.changeType !== "copy" && work.changeType !== "attach")
      return this.#parts.messages.bury(work, reason);
    this.#parts.log.error("Files of a message were given up", { reason });
  }

  /** Undefined when there is nothing to add to: the person disconnected, the post is gone, or what it showed is. */
  async #deliveredOf(work: InboxWork): Promise<Delivered | undefined> {
    const { connections, deliveries, posts, uploads, maxFileBytes } = this.#parts;
    const ids = chatMessageIdsOf(work.resource);
    if (work.userId === undefined || ids === undefined) return undefined;
    const reader = await connections.byMattermostUser(work.userId);
    if (reader === undefined) return undefined;
    const key = { ...ids, userId: work.userId };
    const record = await deliveries.find(key);
    if (record?.outcome.kind !== "delivered") return undefined;
    const post = await posts.read(record.outcome.postId);
    if (post === undefined || !mayShowFiles(post, key)) return undefined;
    const [message, allowed] = await Promise.all([this.#parts.openMessage(work), uploads.limits()]);
    return {
      reader,
      message,
      post,
      key,
      postId: record.outcome.postId,
      channelId: record.channelId ?? (await posts.directChannel(work.userId)),
      copyables: copyablesOf(message),
      limits: {
        maxFileBytes: Math.min(maxFileBytes, allowed?.maxFileBytes ?? maxFileBytes),
        takesFiles: allowed !== undefined,
      },
    };
  }

  /** Copies what is not yet recorded, one after another: each is a whole file in memory. */
  async #copy(work: InboxWork, delivered: Delivered): Promise<void> {
    const { copied, inbox, metrics, scope } = this.#parts;
    const { key, copyables } = delivered;
    const keys = copyables.map((copyable) => copyable.key);
    const known = await copied.of(key, keys);
    let settled = known.size;
    let announced = 0;
    const announce = async () => {
      if (settled === announced) return;
      await inbox.accept([attachEntry(work, key, { settled, scope })]);
      announced = settled;
    };
    let again: { readonly error: unknown } | undefined;
    for (const [place, copyable] of copyables.entries()) {
      if (known.has(copyable.key)) continue;
      // A file may take minutes: what is there by then is shown at once.
      if (copyable.kind === "file") await announce();
      try {
        const result = await this.#copyOne(work, delivered, copyable, place);
        await copied.record(key, copyable.key, result);
        metrics.count("copies", { result: result.kind === "copied" ? "copied" : result.failure });
        settled += 1;
      } catch (error) {
        again ??= { error };
      }
    }
    await announce();
    if (again !== undefined) throw again.error;
  }

  async #copyOne(
    work: InboxWork,
    { key, channelId, limits }: Delivered,
    copyable: Copyable,
    place: number,
  ): Promise<Copied> {
    if (!limits.takesFiles) return { kind: "failed", failure: "files-off" };
    if (place >= maxFilesOfPost) return { kind: "failed", failure: "too-many" };
    try {
      const signal = this.#parts.stopping;
      const file = await fetchCopyable({ ...this.#parts, signal }, key, copyable, {
        maxFileBytes: limits.maxFileBytes,
        place,
      });
      return { kind: "copied", fileId: await this.#parts.uploads.upload(channelId, file.name, file.content) };
    } catch (error) {
      const failure = this.#failureOf(error, work);
      if (failure === undefined) throw error;
      return { kind: "failed", failure };
    }
  }

  /** Undefined while it is worth another attempt. */
  #failureOf(error: unknown, work: InboxWork): CopyFailure | undefined {
    if (error instanceof NotCopyable) return error.failure;
    // A node that stops leaves its work to others and has no say in how it ends.
    if (this.#parts.stopping.aborted) return undefined;
    if (error instanceof GraphError && error.code === "not-found") return "gone";
    if (error instanceof MattermostError && (error.code === "rejected" || error.code === "not-found"))
      return "refused";
    const decision = decideRetry(error, work, this.#parts);
    if (decision.kind === "retry" && work.attempts + 1 < maxCopyAttempts) return undefined;
    return error instanceof MattermostError ? "refused" : "unreachable";
  }
}

/** Nothing is added to what is gone, nor where less than the whole message is shown. */
function mayShowFiles(post: BotPost, key: DeliveryKey): boolean {
  const part = readParts(post)?.find((each) => each.key === postKey(key));
  return part?.isWithdrawn !== true && (part?.shown ?? "whole") === "whole";
}

/** The same work where files are not copied: what waited to be copied when that was turned off is dropped. */
export function withoutCopies(messages: MessageTasks): MessageTasks {
  const isCopying = ({ changeType }: InboxWork) => changeType === "copy" || changeType === "attach";
  return {
    process: async (work, record) => (isCopying(work) ? undefined : messages.process(work, record)),
    decideRetry: (error, work) => messages.decideRetry(error, work),
    bury: async (work, reason) => (isCopying(work) ? undefined : messages.bury(work, reason)),
  };
}
