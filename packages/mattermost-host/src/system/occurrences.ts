import type { JsonObject } from "../json.ts";
import type { Channel, ChannelMember } from "../model/channel.ts";
import type { Post, Reaction } from "../model/post.ts";
import type { Preference } from "../model/preference.ts";
import type { TeamMember } from "../model/team.ts";
import type { User } from "../model/user.ts";

/** Something that happened on one node and that plugins there may want to know. */
export type Occurrence =
  | { readonly kind: "message-posted"; readonly post: Post }
  | { readonly kind: "message-updated"; readonly now: Post; readonly before: Post }
  | { readonly kind: "message-deleted"; readonly post: Post }
  | { readonly kind: "reaction-added"; readonly reaction: Reaction }
  | { readonly kind: "reaction-removed"; readonly reaction: Reaction }
  | { readonly kind: "preferences-changed"; readonly preferences: readonly Preference[] }
  | { readonly kind: "channel-created"; readonly channel: Channel }
  | { readonly kind: "joined-channel"; readonly member: ChannelMember; readonly actor: User | undefined }
  | { readonly kind: "left-channel"; readonly member: ChannelMember; readonly actor: User | undefined }
  | { readonly kind: "joined-team"; readonly member: TeamMember; readonly actor: User | undefined }
  | { readonly kind: "left-team"; readonly member: TeamMember; readonly actor: User | undefined }
  | { readonly kind: "user-created"; readonly user: User }
  | { readonly kind: "user-logged-in"; readonly user: User }
  | { readonly kind: "user-deactivated"; readonly user: User }
  | { readonly kind: "websocket-connected"; readonly connectionId: string; readonly userId: string }
  | { readonly kind: "websocket-disconnected"; readonly connectionId: string; readonly userId: string }
  | {
      readonly kind: "websocket-message";
      readonly connectionId: string;
      readonly userId: string;
      readonly seq: number;
      readonly action: string;
      readonly data: JsonObject;
    };

/** Tells the plugins of one node what happened there; those of other nodes are not told (facts 7). */
export class Occurrences {
  readonly #listeners = new Set<(occurrence: Occurrence) => void>();

  report(occurrence: Occurrence): void {
    for (const listener of this.#listeners) listener(occurrence);
  }

  subscribe(listener: (occurrence: Occurrence) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }
}
