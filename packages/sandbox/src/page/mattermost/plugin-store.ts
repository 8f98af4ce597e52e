import type { Store, StoredPost } from "@msteams-notifications/webapp/registry";

/** What plugins see of the Redux store of Mattermost's web app: who is signed in, and posts. */
export class PluginStore implements Store {
  readonly #listeners = new Set<() => void>();
  #currentUserId = "";
  #posts: Readonly<Record<string, StoredPost>> = {};

  getState(): ReturnType<Store["getState"]> {
    const users = { currentUserId: this.#currentUserId };
    return { entities: { users, posts: { posts: this.#posts } } };
  }

  subscribe(listener: () => void): () => void {
    // Redux takes the same function twice, too.
    const own = () => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  /** Empty when nobody is signed in any more. */
  signedInAs(userId: string): void {
    this.#currentUserId = userId;
    this.somethingHappened();
  }

  /** What is known of posts, by id. */
  showsPosts(posts: ReadonlyMap<string, StoredPost>): void {
    this.#posts = Object.fromEntries(posts);
  }

  /** Redux calls its listeners after each action, those that change nothing for them included. */
  somethingHappened(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
