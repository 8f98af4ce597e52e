import type { CopyFailure, CopyLimits } from "../../domain/copying/copy-failure.ts";
import type { ChatMessageIds } from "../../domain/resource-path.ts";
import type { DeliveryKey } from "../deliveries/delivery-log.ts";
import type { FilesOfMessages } from "../notifications/notification-ports.ts";

/** It will not become a file in Mattermost, however often it is tried. */
export class NotCopyable extends Error {
  override readonly name = "NotCopyable";
  readonly failure: CopyFailure;
  constructor(failure: CopyFailure, options?: ErrorOptions) {
    super(`Something of a message cannot be copied: ${failure}.`, options);
    this.failure = failure;
  }
}

/** Mattermost holds no more files in a post (facts, section 4). */
export const maxFilesOfPost = 10;

/** How much of an answer is read at most, and when reading stops. */
export interface ReadingLimits {
  /** Beyond, reading ends with {@link NotCopyable} `too-large`. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** What Teams keeps with a message (pictures, code), read with the application's own permission. Throws `GraphError` too. */
export interface HostedContents {
  read(message: ChatMessageIds, contentId: string, limits: ReadingLimits): Promise<Uint8Array>;
}

/** Files in SharePoint and OneDrive, read as the person they are for: Microsoft decides who may. Throws `GraphError` too. */
export interface ReaderFiles {
  /** `url` as the message names it. */
  read(userId: string, url: string, limits: ReadingLimits): Promise<Uint8Array>;
}

/** Files on their way into Mattermost. All throw `MattermostError`. */
export interface FileUploads {
  /** What Mattermost itself allows; undefined when it takes no files. */
  limits(): Promise<CopyLimits | undefined>;
  /** The new file's id. It is seen by nobody until a post of that channel has it. */
  upload(channelId: string, name: string, content: Uint8Array): Promise<string>;
}

export type Copied =
  | { readonly kind: "copied"; readonly fileId: string }
  | { readonly kind: "failed"; readonly failure: CopyFailure };

/** What became of each copyable of a delivered message, by its key: what is recorded is not done again. */
export interface CopiedFiles extends FilesOfMessages {
  /** Those of the keys that something has become of. */
  of(delivery: DeliveryKey, copyableKeys: readonly string[]): Promise<ReadonlyMap<string, Copied>>;
  /** The first word stays: should two nodes ever copy the same, one of the files is seen and the other by nobody. */
  record(delivery: DeliveryKey, copyableKey: string, copied: Copied): Promise<void>;
  /** The post did not take a file that was copied. */
  withdraw(delivery: DeliveryKey, copyableKey: string, failure: CopyFailure): Promise<void>;
}

/** What a person agreed to at Microsoft so that files are read as them. */
export interface FileGrant {
  readonly refreshToken: string;
  /** Tells one agreement from the next of the same person. */
  readonly grantedAtMs: number;
}

/** Refresh tokens, encrypted at rest; they go with the connection they belong to. */
export interface FileGrants {
  find(userId: string): Promise<FileGrant | undefined>;
  put(userId: string, grant: FileGrant): Promise<void>;
  /** Microsoft gave a new token for the old one. Nothing happens when the grant was replaced or removed meanwhile. */
  renew(userId: string, grant: FileGrant): Promise<void>;
  /** Removes this grant and no newer one. */
  remove(userId: string, grantedAtMs: number): Promise<void>;
  removeAll(): Promise<number>;
  /** How many connected people have none. */
  countMissing(): Promise<number>;
}
