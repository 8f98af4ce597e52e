import type { Api } from "@msteams-notifications/plugin-sdk";
import type {
  Button,
  EphemeralPlace,
  EphemeralPost,
  EphemeralPosts,
} from "../../application/mattermost/ephemeral-posts.ts";
import { askMattermost } from "./mattermost-failure.ts";

/** What the bot says to one person in any channel, stored nowhere. */
export class EphemeralMessages implements EphemeralPosts {
  readonly #api: Pick<Api, "posts">;
  readonly #botUserId: string;
  readonly #buttonUrl: string;

  /** `buttonUrl` is asked by Mattermost, within itself, when a button is pressed: `/plugins/<id>/…`. */
  constructor(api: Pick<Api, "posts">, botUserId: string, buttonUrl: string) {
    this.#api = api;
    this.#botUserId = botUserId;
    this.#buttonUrl = buttonUrl;
  }

  async send(userId: string, place: EphemeralPlace, post: EphemeralPost): Promise<void> {
    const shown = this.#post(place, post);
    await askMattermost("show a message", () => this.#api.posts.sendEphemeral(userId, shown));
  }

  async update(userId: string, place: EphemeralPlace, post: EphemeralPost): Promise<void> {
    const shown = this.#post(place, post);
    await askMattermost("replace a message", () => this.#api.posts.updateEphemeral(userId, shown));
  }

  #post({ channelId, rootId = "" }: EphemeralPlace, { id, message, parts = [] }: EphemeralPost) {
    const attachments = parts.map(({ text, buttons }) => ({
      // What clients show that know no attachments (facts, section 4).
      fallback: text,
      text,
      actions: buttons.map((button) => this.#action(button, rootId)),
    }));
    const props = attachments.length === 0 ? {} : { props: { attachments } };
    return { id, channelId, rootId, userId: this.#botUserId, message, ...props };
  }

  /** Which thread it stands in is not told with a press (facts, section 4), and the answer is to stand there. */
  #action({ label, press }: Button, rootId: string) {
    return {
      name: label,
      type: "button",
      integration: { url: this.#buttonUrl, context: { ...press, root: rootId } },
    };
  }
}
