import type { Api } from "@msteams-notifications/plugin-sdk";
import type { EphemeralPlace, EphemeralPosts } from "../../application/mattermost/ephemeral-posts.ts";
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

  async send(userId: string, place: EphemeralPlace, { id, message }: EphemeralMessage): Promise<void> {
    const post = this.#post(place, { id, message });
    await askMattermost("show a message", () => this.#api.posts.sendEphemeral(userId, post));
  }

  async update(userId: string, place: EphemeralPlace, { id, message }: EphemeralMessage): Promise<void> {
    const post = this.#post(place, { id, message });
    await askMattermost("replace a message", () => this.#api.posts.updateEphemeral(userId, post));
  }

  #post({ channelId, rootId }: EphemeralPlace, { id, message }: EphemeralMessage) {
    return { id, channelId, rootId: rootId ?? "", userId: this.#botUserId, message };
  }
}
