import type { JsonObject } from "../json.ts";
import type { Post, PostDraft } from "../model/post.ts";
import { postJson } from "../model/post-json.ts";
import { storedProps } from "./post-rules.ts";
import type { MattermostSystem } from "./system.ts";

/** Messages that only one person sees and that are never stored, hence never checked: they live in the websocket event alone. */
export class EphemeralPosting {
  readonly #system: MattermostSystem;

  constructor(system: MattermostSystem) {
    this.#system = system;
  }

  /** App.SendEphemeralPost; the caller may choose the id in order to change the message later. */
  send(userId: string, draft: PostDraft): Post {
    const post = this.#postOf(draft);
    this.#publish("ephemeral_message", userId, post);
    return post;
  }

  /** App.UpdateEphemeralPost: an edit of the post with that id. */
  update(userId: string, draft: PostDraft): Post {
    const post = { ...this.#postOf(draft), updateAt: this.#system.clock.now() };
    this.#publish("post_edited", userId, post);
    return post;
  }

  /** App.DeleteEphemeralPost: a `post_deleted` event for this person. */
  delete(userId: string, postId: string, channelId = ""): void {
    const post = { ...this.#postOf({ id: postId, userId, channelId, message: "" }) };
    post.deleteAt = this.#system.clock.now();
    this.#system.events.publish("post_deleted", { post: JSON.stringify(postJson(post)) }, { userId });
  }

  #publish(event: "ephemeral_message" | "post_edited", userId: string, post: Post): void {
    const shown = { ...post, props: this.#system.actionCookies.added(post) };
    const json: JsonObject = { post: JSON.stringify(postJson(shown)) };
    this.#system.events.publish(event, json, { userId, channelId: post.channelId });
  }

  #postOf(draft: PostDraft): Post {
    const author = this.#system.users.find(draft.userId);
    const now = draft.createAt || this.#system.clock.now();
    return {
      id: draft.id || this.#system.newId(),
      createAt: now,
      updateAt: now,
      editAt: 0,
      deleteAt: 0,
      isPinned: false,
      userId: draft.userId,
      channelId: draft.channelId,
      rootId: draft.rootId ?? "",
      originalId: "",
      message: draft.message,
      type: "system_ephemeral",
      props: storedProps(draft.props ?? {}, this.#system.newId, author?.isBot ?? false),
      hashtags: "",
      fileIds: [],
      pendingPostId: "",
      hasReactions: false,
      replyCount: 0,
      lastReplyAt: 0,
      priority: undefined,
    };
  }
}
