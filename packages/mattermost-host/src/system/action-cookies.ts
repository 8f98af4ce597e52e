import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { isRecord, type JsonObject } from "../json.ts";
import type { Post } from "../model/post.ts";
import { attachmentsOf } from "../model/post-json.ts";

const algorithm = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;

/** What a button of a post that is not stored carries, sealed, so that it can be pressed (model.PostActionCookie). */
export interface ActionCookie {
  readonly postId: string;
  readonly rootPostId: string;
  readonly channelId: string;
  readonly type: string;
  readonly dataSource: string;
  readonly integration: JsonObject | undefined;
}

export class ActionCookies {
  readonly #key = randomBytes(32);

  /** The post's props with a cookie on every button (model.AddPostActionCookies). */
  added(post: Post): JsonObject {
    if (!Array.isArray(post.props.attachments)) return post.props;
    const attachments = attachmentsOf(post.props).map((attachment) => {
      if (!Array.isArray(attachment.actions)) return attachment;
      const actions = attachment.actions.filter(isRecord).map((action) => ({
        ...(action as JsonObject),
        cookie: this.#seal(cookieOf(post, action as JsonObject)),
      }));
      return { ...attachment, actions };
    });
    return { ...post.props, attachments };
  }

  /** Undefined for what was not sealed here. */
  read(cookie: string): ActionCookie | undefined {
    try {
      const bytes = Buffer.from(cookie, "base64url");
      const decipher = createDecipheriv(algorithm, this.#key, bytes.subarray(0, ivBytes));
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      const opened = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
      return JSON.parse(opened.toString("utf8")) as ActionCookie;
    } catch {
      return undefined;
    }
  }

  #seal(cookie: ActionCookie): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, this.#key, iv);
    const sealed = Buffer.concat([cipher.update(JSON.stringify(cookie), "utf8"), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
  }
}

/** What is known of an action of a post when it is used. */
export function cookieOf(post: Post, action: JsonObject): ActionCookie {
  return {
    postId: post.id,
    rootPostId: post.rootId || post.id,
    channelId: post.channelId,
    type: action.type === "select" ? "select" : "button",
    dataSource: typeof action.data_source === "string" ? action.data_source : "",
    integration: isRecord(action.integration) ? (action.integration as JsonObject) : undefined,
  };
}
