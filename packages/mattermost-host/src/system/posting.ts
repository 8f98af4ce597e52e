import { AppError } from "../app-error.ts";
import type { JsonObject } from "../json.ts";
import { directPartner } from "../model/channel.ts";
import type { Post, PostDraft, Reaction } from "../model/post.ts";
import { reactionJson } from "../model/post.ts";
import { type PostCompanions, postJson } from "../model/post-json.ts";
import type { Occurrences } from "./occurrences.ts";
import { requireValidPost, storedProps } from "./post-rules.ts";
import type { MattermostSystem } from "./system.ts";

/** Looks at a post before it is stored: answers what to store instead or throws `app.post.rejected_by_plugin`. */
export type PostFilter = (draft: PostDraft) => Promise<PostDraft>;

/** Looks at a changed post before it is stored: answers what to store instead or throws `app.post.rejected_by_plugin`. */
export type UpdateFilter = (now: Post, before: Post) => Promise<PostChange>;

/** What an update replaces. Files that are no longer listed are detached and deleted. */
export interface PostChange {
  readonly message: string;
  readonly props: JsonObject;
  readonly fileIds: readonly string[];
  readonly isPinned: boolean;
}

/** Creates, changes and deletes posts by Mattermost's rules and tells clients and the node's plugins about it. */
export class Posting {
  readonly #system: MattermostSystem;
  readonly #occurrences: Occurrences;
  /** Set by whoever runs plugins that implement MessageWillBePosted. */
  filter: PostFilter | undefined;
  /** The same for MessageWillBeUpdated. */
  updateFilter: UpdateFilter | undefined;

  constructor(system: MattermostSystem, occurrences: Occurrences) {
    this.#system = system;
    this.#occurrences = occurrences;
  }

  /** App.CreatePost: no permission is asked for; a repeated `pendingPostId` answers the first post. */
  async create(given: PostDraft, options: { readonly setOnline?: boolean } = {}): Promise<Post> {
    const { posts, channels, files, newId } = this.#system;
    const known = given.pendingPostId ? posts.findPending(given.userId, given.pendingPostId) : undefined;
    if (known) return known;
    const author = this.#system.users.get(given.userId);
    const channel = channels.get(given.channelId);
    if (channel.deleteAt !== 0) throw new AppError("api.post.create_post.can_not_post_to_deleted.error");
    this.#requireRoot(given);
    const attachments = Array.isArray(given.props?.attachments) && !given.type;
    const prepared = {
      ...given,
      ...(attachments ? { type: "slack_attachment" } : {}),
      props: storedProps(given.props ?? {}, newId, author.isBot),
    };
    const draft = this.filter ? await this.filter(prepared) : prepared;
    requireValidPost(draft);
    const id = draft.id || newId();
    const fileIds = files.attach(draft.fileIds ?? [], id, draft.userId);
    const post = posts.insert({ ...draft, id, fileIds });
    channels.countPost(channel.id, post);
    this.#publishPosted(post, options.setOnline ?? true);
    this.#occurrences.report({ kind: "message-posted", post });
    return post;
  }

  /** App.UpdatePost. A changed message or changed attachments mark the post as edited. */
  async update(id: string, given: PostChange): Promise<Post> {
    const { posts, files, clock, newId } = this.#system;
    const before = posts.get(id);
    if (before.type.startsWith("system_")) {
      throw new AppError("api.post.update_post.system_message.app_error");
    }
    const proposed = { ...before, ...given, fileIds: [...given.fileIds] };
    const change = this.updateFilter ? await this.updateFilter(proposed, before) : given;
    const author = this.#system.users.find(before.userId);
    const props = storedProps(change.props, newId, author?.isBot ?? false);
    requireValidPost({ ...change, props, type: before.type });
    const kept = before.fileIds.filter((file) => change.fileIds.includes(file));
    for (const gone of before.fileIds) if (!kept.includes(gone)) files.delete(gone);
    const added = files.attach(
      change.fileIds.filter((file) => !kept.includes(file)),
      id,
      before.userId,
    );
    const now = clock.now();
    const edited =
      change.message !== before.message ||
      JSON.stringify(props.attachments) !== JSON.stringify(before.props.attachments);
    const after = posts.replace({
      ...before,
      message: change.message,
      props,
      isPinned: change.isPinned,
      fileIds: [...kept, ...added],
      updateAt: Math.max(now, before.updateAt + 1),
      editAt: edited ? now : before.editAt,
    });
    this.#system.events.publish(
      "post_edited",
      { post: this.#serialized(after) },
      { channelId: after.channelId },
    );
    this.#occurrences.report({ kind: "message-updated", now: after, before });
    return after;
  }

  /** App.DeletePost: a root takes its replies along. */
  delete(id: string, deletedBy: string): void {
    for (const post of this.#system.posts.delete(id)) {
      for (const info of this.#system.files.ofPost(post.id)) this.#system.files.delete(info.id);
      if (post.id === id) {
        const json = { post: this.#serialized(post), delete_by: deletedBy };
        this.#system.events.publish("post_deleted", json, { channelId: post.channelId });
      }
      this.#occurrences.report({ kind: "message-deleted", post });
    }
  }

  react(userId: string, postId: string, emojiName: string): Reaction {
    const { reaction, added } = this.#system.posts.addReaction(userId, postId, emojiName);
    if (added) {
      this.#publishReaction("reaction_added", reaction);
      this.#occurrences.report({ kind: "reaction-added", reaction });
    }
    return reaction;
  }

  unreact(userId: string, postId: string, emojiName: string): void {
    const reaction = this.#system.posts.removeReaction(userId, postId, emojiName);
    if (!reaction) return;
    this.#publishReaction("reaction_removed", reaction);
    this.#occurrences.report({ kind: "reaction-removed", reaction });
  }

  companionsOf(post: Post): PostCompanions {
    return {
      files: this.#system.files.ofPost(post.id),
      reactions: this.#system.posts.reactions(post.id),
    };
  }

  json(post: Post): JsonObject {
    return postJson(post, this.companionsOf(post));
  }

  #requireRoot(draft: PostDraft): void {
    if (!draft.rootId) return;
    const root = this.#system.posts.find(draft.rootId);
    if (root?.deleteAt !== 0 || root.rootId !== "" || root.channelId !== draft.channelId) {
      throw new AppError("api.post.create_post.root_id.app_error", { where: "CreatePost" });
    }
  }

  #serialized(post: Post): string {
    return JSON.stringify(this.json(post));
  }

  #publishReaction(event: string, reaction: Reaction): void {
    const { channelId } = reaction;
    this.#system.events.publish(event, { reaction: JSON.stringify(reactionJson(reaction)) }, { channelId });
  }

  #publishPosted(post: Post, setOnline: boolean): void {
    const { users, channels, events } = this.#system;
    const channel = channels.get(post.channelId);
    const sender = users.get(post.userId);
    const partner = channel.type === "D" ? directPartner(channel.name, post.userId) : undefined;
    const mentions = channels
      .members(channel.id)
      .filter((member) => member.userId !== post.userId && (channel.type === "D" || channel.type === "G"))
      .map((member) => member.userId);
    const displayName = partner === undefined ? channel.displayName : `@${sender.username}`;
    const json: JsonObject = {
      post: this.#serialized(post),
      channel_type: channel.type,
      channel_display_name: displayName,
      channel_name: channel.name,
      sender_name: `@${sender.username}`,
      team_id: channel.teamId,
      set_online: setOnline,
    };
    if (post.fileIds.length > 0) json.otherFile = "true";
    if (mentions.length > 0) json.mentions = JSON.stringify(mentions);
    events.publish("posted", json, { channelId: channel.id });
  }
}
