import type { Chat } from "../domain/chat.ts";
import type { ChatMessage } from "../domain/chat-message.ts";
import type { Connection } from "../domain/connection.ts";
import type { Presence } from "../domain/presence.ts";
import type { ReaderPreferences } from "../domain/reader-preferences.ts";

/**
 * What the use cases need from the outside. Adapters implement these interfaces; use cases receive them and nothing
 * else, so each can be tried with a value in a test and replaced without touching a decision.
 */

/** Milliseconds since 1970 UTC. */
export interface Clock {
  now(): number;
}

/** Unguessable identifiers. */
export interface Randomness {
  /** `bytes` random bytes in base64url. */
  token(bytes: number): string;
  /** A Mattermost id: 26 characters of its base-32 alphabet. */
  mattermostId(): string;
}

/** Structured log. Fields never hold secrets, tokens or message text. */
export interface Log {
  debug(message: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
  info(message: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
  warn(message: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
  error(message: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
}

// ---- Mattermost

export interface MattermostUser {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly locale: string;
  readonly isBot: boolean;
  readonly isSystemAdmin: boolean;
  readonly isActive: boolean;
}

export interface MattermostUsers {
  get(userId: string): Promise<MattermostUser | undefined>;
  /** By the name behind the @. */
  byUsername(username: string): Promise<MattermostUser | undefined>;
  /** Those of a few hundred users whose account is deactivated or does not exist any more. */
  departed(userIds: readonly string[]): Promise<readonly string[]>;
}

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
  /** `undefined` when somebody deleted it. */
  read(postId: string): Promise<BotPost | undefined>;
  /**
   * Gives the post another message and lays `props` over those it has; files and all else stay, but for what a message
   * brought that was withdrawn. Notifies nobody. Repeating it is harmless.
   */
  rewrite(postId: string, change: PostChange): Promise<"rewritten" | "gone">;
  /**
   * Adds files and a note; text, other files and other notes stay. Doing it twice is doing it once. Resolves to the files
   * of the post afterwards: those that are missing had no room or were not taken.
   */
  attach(postId: string, addition: PostAddition): Promise<readonly string[]>;
}

/** An ephemeral post of the bot: seen by one person, never stored. */
export interface EphemeralPosts {
  send(
    userId: string,
    place: EphemeralPlace,
    post: { readonly id: string; readonly message: string },
  ): Promise<void>;
  update(
    userId: string,
    place: EphemeralPlace,
    post: { readonly id: string; readonly message: string },
  ): Promise<void>;
}

/** Where a command was typed, and so where its answer is looked for; `rootId` names the thread, if it was one. */
export interface EphemeralPlace {
  readonly channelId: string;
  readonly rootId: string | undefined;
}

/** People's choices in Settings > Plugin Preferences, kept as Mattermost preferences. */
export interface PreferenceStore {
  /** One request, however much was chosen; the defaults for what was not. */
  of(userId: string): Promise<ReaderPreferences>;
  /** What is absent stays as it is. */
  change(userId: string, changes: Partial<ReaderPreferences>): Promise<void>;
}

/** Tells the person's open web apps that their connection changed. Best effort: never throws. */
export interface ConnectionEvents {
  connectionChanged(userId: string): Promise<void>;
}

export type MattermostErrorCode = "not-found" | "rejected" | "unavailable" | "unanswered";

/**
 * A call to Mattermost failed. `unavailable` and `unanswered` may succeed later, the others will not; one that is
 * `unanswered` may even have its effect after the error.
 */
export class MattermostError extends Error {
  override readonly name = "MattermostError";
  readonly code: MattermostErrorCode;
  constructor(code: MattermostErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

// ---- Microsoft Graph

export type GraphErrorCode =
  | "throttled"
  | "unavailable"
  | "unreachable"
  | "unauthorized"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "limit-reached"
  | "invalid-request"
  | "unexpected";

/** Microsoft Graph refused or could not answer. `retryAfterMs` is Graph's own wish when it named one. */
export class GraphError extends Error {
  override readonly name = "GraphError";
  readonly code: GraphErrorCode;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** Graph's `request-id`, which Microsoft's support asks for. */
  readonly requestId: string | undefined;
  constructor(
    code: GraphErrorCode,
    message: string,
    details: { status?: number; retryAfterMs?: number; requestId?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.requestId = details.requestId;
  }
}

/** `POST /communications/getPresencesByUserId`; at most {@link maxIdsPerPresenceRequest} ids. Ids Graph left out are absent. */
export interface PresenceSource {
  presencesOf(teamsUserIds: readonly string[]): Promise<ReadonlyMap<string, Presence>>;
}

/** Graph's limit for one getPresencesByUserId request (microsoft-graph facts, section 6). */
export const maxIdsPerPresenceRequest = 650;

export interface ChatSource {
  /** Kind, topic and members of a chat, one request. */
  chat(chatId: string): Promise<Chat>;
  /** One message, for notifications that came without content. */
  message(chatId: string, messageId: string): Promise<ChatMessage>;
}

export interface GraphSubscription {
  readonly id: string;
  readonly resource: string;
  /** A comma list in Graph's own order and casing; absent when Graph did not say. */
  readonly changeType?: string | undefined;
  readonly expiresAtMs: number;
  /** Tells our own subscriptions from those another installation of the same app registration made. */
  readonly notificationUrl?: string | undefined;
}

export interface NewGraphSubscription {
  readonly resource: string;
  readonly changeType: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string;
  readonly clientState: string;
  readonly expiresAtMs: number;
  readonly encryptionCertificate: string;
  readonly encryptionCertificateId: string;
}

export interface GraphSubscriptions {
  create(subscription: NewGraphSubscription): Promise<GraphSubscription>;
  renew(id: string, expiresAtMs: number): Promise<GraphSubscription>;
  /** Succeeds when the subscription is already gone. */
  remove(id: string): Promise<void>;
  /** All subscriptions of this application in the tenant. */
  list(): Promise<readonly GraphSubscription[]>;
}

// ---- Notifications as they arrive

/** The encrypted part of a rich notification, as it came. All fields base64 but the ids. */
export interface EncryptedContent {
  readonly data: string;
  readonly dataSignature: string;
  readonly dataKey: string;
  readonly encryptionCertificateId: string;
  readonly encryptionCertificateThumbprint?: string | undefined;
}

export interface NotificationDecryption {
  /** The decrypted JSON. Throws a {@link PermanentFailure} when the key is gone or the signature does not match. */
  decrypt(content: EncryptedContent): Promise<unknown>;
}

export interface ValidationTokens {
  /**
   * Resolves when every token is Microsoft's, for this application and each of `tenantIds`. Throws {@link PermanentFailure}
   * when one is not; anything else means that it could not be checked now.
   */
  verify(tokens: readonly string[], tenantIds: readonly string[]): Promise<void>;
}

/** One certificate is current; older ones stay readable while notifications encrypted for them may arrive. */
export interface EncryptionCertificates {
  current(): Promise<{ readonly id: string; readonly certificate: string }>;
}

// ---- Storage

export interface ConnectionStore {
  byMattermostUser(userId: string): Promise<Connection | undefined>;
  byTeamsAccount(tenantId: string, teamsUserId: string): Promise<Connection | undefined>;
  /** Connections of those Teams users, for finding recipients. */
  byTeamsUsers(tenantId: string, teamsUserIds: readonly string[]): Promise<readonly Connection[]>;
  list(): Promise<readonly Connection[]>;
  count(): Promise<number>;
  /** Adds the connection; says which side is taken when another request was faster. */
  add(connection: Connection): Promise<"added" | "person-taken" | "account-taken">;
  remove(userId: string): Promise<Connection | undefined>;
}

/** A sign-in under way. Lives ten minutes and is used once. */
export interface PendingSignIn {
  /** SHA-256 (hex) of the `state` parameter: the database never holds what could be replayed. */
  readonly stateHash: string;
  readonly userId: string;
  /** SHA-256 (hex) of the cookie that binds it to one browser; absent until the link is opened. */
  readonly browserHash: string | undefined;
  readonly nonce: string;
  /** PKCE verifier, encrypted at rest. */
  readonly codeVerifier: string;
  /** Where `/msteams connect` was typed, and its ephemeral post, to be replaced when done; absent when the web app asked. */
  readonly channelId: string | undefined;
  readonly rootId: string | undefined;
  readonly ephemeralPostId: string | undefined;
  readonly expiresAtMs: number;
}

export interface SignInStore {
  put(signIn: PendingSignIn): Promise<void>;
  get(stateHash: string): Promise<PendingSignIn | undefined>;
  /** Binds the link to the browser that opened it; false when it is gone. A second browser may take over until the sign-in is used. */
  bind(stateHash: string, browserHash: string): Promise<boolean>;
  /** Removes and returns it, for one caller only however many nodes ask. */
  take(stateHash: string): Promise<PendingSignIn | undefined>;
  removeExpired(nowMs: number): Promise<number>;
}

export interface StoredSubscription {
  readonly id: string;
  /** The connected person it is for; absent for a tenant-wide one. */
  readonly userId: string | undefined;
  readonly resource: string;
  readonly clientStateHash: string;
  readonly certificateId: string;
  readonly expiresAtMs: number;
}

export interface SubscriptionStore {
  byId(id: string): Promise<StoredSubscription | undefined>;
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, StoredSubscription>>;
  byUser(userId: string): Promise<StoredSubscription | undefined>;
  list(): Promise<readonly StoredSubscription[]>;
  save(subscription: StoredSubscription): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Why a wanted subscription does not exist or could not be renewed; `owner` is a person's id or `tenant`. */
export interface SubscriptionProblem {
  readonly owner: string;
  readonly code: GraphErrorCode | "internal";
  readonly sinceMs: number;
}

export interface SubscriptionProblems {
  /** A problem keeps the time it was first seen until it is cleared or another takes its place. */
  record(owner: string, code: SubscriptionProblem["code"], nowMs: number): Promise<void>;
  clear(owner: string): Promise<void>;
  list(): Promise<readonly SubscriptionProblem[]>;
}

/** Times in which notifications may have been lost, to be read again. `owner` is a person's id or `tenant`. */
export interface ResyncRequests {
  /** An earlier `sinceMs` of the same owner stays. */
  note(owner: string, sinceMs: number): Promise<void>;
}

export type ChangeType = "created" | "updated" | "deleted";

/** A verified notification on its way into the inbox. */
export interface InboxEntry {
  /** Same notification, same key: Graph repeats what it could not see acknowledged. */
  readonly dedupeKey: string;
  /** Entries of one lane keep their order: one chat for one recipient. */
  readonly lane: string;
  readonly subscriptionId: string;
  readonly userId: string | undefined;
  /** What Graph tells of, or what follows from a delivery: files to be copied, and to be attached to the post. */
  readonly changeType: ChangeType | "copy" | "attach";
  readonly resource: string;
  readonly tenantId: string;
  readonly encryptedContent: EncryptedContent | undefined;
  readonly receivedAtMs: number;
}

/** An entry as its work sees it. `attempts` counts the failed ones before this. */
export interface InboxWork extends InboxEntry {
  readonly id: number;
  readonly storedAtMs: number;
  readonly attempts: number;
}

/** What becomes of an entry whose work failed. `code` is recorded; it never holds content. */
export type RetryDecision =
  | { readonly kind: "retry"; readonly atMs: number; readonly code: string }
  | { readonly kind: "dead"; readonly reason: string };

/** The work behind the inbox. Entries of one `lane` are worked one after another, in the order they were stored. */
export interface InboxTasks {
  process(work: InboxWork): Promise<void>;
  decideRetry(error: unknown, work: InboxWork): RetryDecision;
  /** The entry will not be tried again; recorded for its recipients. */
  bury(work: InboxWork, reason: string): Promise<void>;
}

export interface Inbox {
  /** Stores entries and their work in one statement; returns how many were new. Nothing is acknowledged before it resolves. */
  accept(entries: readonly InboxEntry[]): Promise<number>;
}

export type SuppressReason = string;

/** How a message ended for one recipient. */
export type Outcome =
  | { readonly kind: "delivered"; readonly postId: string }
  | { readonly kind: "suppressed"; readonly reason: SuppressReason }
  | { readonly kind: "dead"; readonly reason: string };

export interface DeliveryKey {
  readonly chatId: string;
  readonly messageId: string;
  readonly userId: string;
}

/** When each step of the way ended, milliseconds since 1970 UTC. */
export interface DeliveryTimes {
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
  readonly storedAtMs?: number | undefined;
  readonly startedAtMs?: number | undefined;
  readonly decryptedAtMs?: number | undefined;
  readonly decidedAtMs?: number | undefined;
  readonly endedAtMs?: number | undefined;
}

export interface DeliveryRecord extends DeliveryKey {
  /** `awaited`: edited or deleted before it arrived, and nothing else is known of it. */
  readonly outcome: Outcome | { readonly kind: "posting" } | { readonly kind: "awaited" };
  /** The time of the message's latest change that was noted without a post to change, see {@link DeliveryLog.noteChange}. */
  readonly changedAtMs: number | undefined;
  readonly channelId: string | undefined;
  /** When the attempt that is under way began; absent when none is. */
  readonly intendedAtMs: number | undefined;
  readonly times: DeliveryTimes;
}

/** The record of every message and recipient: the dedupe, the link for edits, the answer to "why was I not notified?". */
export interface DeliveryLog {
  find(key: DeliveryKey): Promise<DeliveryRecord | undefined>;
  /**
   * Records that a post is about to be created. `"first"` when nobody had recorded it; otherwise the record as it is, whose
   * `posting` outcome means that an earlier attempt may or may not have created the post.
   */
  intend(key: DeliveryKey, channelId: string, times: DeliveryTimes): Promise<"first" | DeliveryRecord>;
  /** Notes that another attempt to post in `channelId` begins. While it is under way it may still create its post. */
  setUnderWay(key: DeliveryKey, channelId: string): Promise<void>;
  /** Notes that the attempt has ended without a certain result: whether it left a post can be looked up at once. */
  setEnded(key: DeliveryKey): Promise<void>;
  /**
   * Notes that the message was changed at that time by Teams' clock, also before anything else is known of it. What was
   * sent before it is then out of date. Earlier changes leave the note as it is.
   */
  noteChange(key: DeliveryKey, changedAtMs: number, times: DeliveryTimes): Promise<void>;
  /** Ends the delivery. An outcome of `delivered` is never overwritten. */
  finish(key: DeliveryKey, outcome: Outcome, times: DeliveryTimes): Promise<void>;
  /** Newest first, without those that are only awaited. */
  recent(limit: number): Promise<readonly DeliveryRecord[]>;
}

// ---- Failure of a piece of work

/** Try again at or after `retryAtMs`; absent means the queue's own backoff. */
export class TemporaryFailure extends Error {
  override readonly name = "TemporaryFailure";
  readonly retryAtMs: number | undefined;
  constructor(message: string, options: { retryAtMs?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.retryAtMs = options.retryAtMs;
  }
}

/** Will never succeed; `reason` is recorded and shown to the administrator. */
export class PermanentFailure extends Error {
  override readonly name = "PermanentFailure";
  readonly reason: string;
  constructor(reason: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
