import type { Store } from "@msteams-notifications/webapp/registry";

/** What plugins see of the Redux store of Mattermost's web app: who is signed in. */
export class PluginStore implements Store {
  readonly #listeners = new Set<() => void>();
  #currentUserId = "";

  getState(): ReturnType<Store["getState"]> {
    return { entities: { users: { currentUserId: this.#currentUserId } } };
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

  /** Redux calls its listeners after each action, those that change nothing for them included. */
  somethingHappened(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
