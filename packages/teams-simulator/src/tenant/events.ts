import type { Chat } from "./chat.ts";
import type { ChatMessage } from "./message.ts";
import type { Presence } from "./presence.ts";
import type { User } from "./user.ts";

/** Something that happened in the tenant, after it happened. */
export type TenantEvent =
  | { readonly kind: "userAdded"; readonly user: User }
  | { readonly kind: "chatCreated"; readonly chat: Chat }
  | { readonly kind: "chatUpdated"; readonly chat: Chat }
  | {
      readonly kind: "memberAdded" | "memberRemoved";
      readonly chat: Chat;
      readonly userId: string;
      readonly membershipId: string;
    }
  | { readonly kind: "messageCreated"; readonly chat: Chat; readonly message: ChatMessage }
  | {
      readonly kind: "messageUpdated";
      readonly chat: Chat;
      readonly message: ChatMessage;
      readonly cause: "edit" | "reaction" | "undelete";
    }
  | { readonly kind: "messageDeleted"; readonly chat: Chat; readonly message: ChatMessage }
  | { readonly kind: "presenceChanged"; readonly userId: string; readonly presence: Presence };

/** Listeners in the order in which they came; disposing the answer of `listen` ends one. */
export class Announcements<Event> {
  readonly #listeners = new Set<(event: Event) => void>();

  listen(listener: (event: Event) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  announce(event: Event): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  /** Resolves with the next event that `matches`. */
  next(matches: (event: Event) => boolean = () => true): Promise<Event> {
    return new Promise((resolve) => {
      const listening = this.listen((event) => {
        if (!matches(event)) return;
        listening[Symbol.dispose]();
        resolve(event);
      });
    });
  }

  get listeners(): number {
    return this.#listeners.size;
  }
}
