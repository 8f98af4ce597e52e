import type { Api } from "@msteams-notifications/plugin-sdk";
import type { EphemeralPosts } from "../../application/ports.ts";
import { askMattermost } from "./mattermost-failure.ts";

type EphemeralMessage = { readonly id: string; readonly message: string };

/** What the bot says to one person in any channel, stored nowhere. */
export class EphemeralMessages implements EphemeralPosts {
  readonly #api: Api;
  readonly #botUserId: string;

  constructor(api: Api, botUserId: string) {
    this.#api = api;
    this.#botUserId = botUserId;
  }

  async send(userId: string, channelId: string, { id, message }: EphemeralMessage): Promise<void> {
    const post = { id, channelId, userId: this.#botUserId, message };
    await askMattermost("show a message", () => this.#api.posts.sendEphemeral(userId, post));
  }

  async update(userId: string, channelId: string, { id, message }: EphemeralMessage): Promise<void> {
    const post = { id, channelId, userId: this.#botUserId, message };
    await askMattermost("replace a message", () => this.#api.posts.updateEphemeral(userId, post));
  }
}
