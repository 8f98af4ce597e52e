import { mattermost, type SignedIn } from "./client.ts";

/** Who is signed in in this tab. People come and go without the page being loaded anew, as in Mattermost's web app. */
export class TabSession {
  readonly #changed: (now: SignedIn | undefined) => void;
  #now: SignedIn | undefined;
  #wanted: string | undefined;
  #isAsked = false;
  #moving: Promise<void> | undefined;

  constructor(changed: (now: SignedIn | undefined) => void) {
    this.#changed = changed;
  }

  /** Whoever of `usernames` was signed in when the page was loaded still is. */
  async resume(usernames: readonly string[]): Promise<void> {
    const there = await mattermost.session();
    if (this.#isAsked || there === undefined || !usernames.includes(there.user.username)) return;
    this.#wanted = there.user.username;
    this.#become(there);
  }

  /** Signs `username` in when nobody is there and nobody was chosen meanwhile. */
  async becomeAtFirst(username: string | undefined): Promise<void> {
    if (!this.#isAsked && this.#now === undefined) await this.become(username);
  }

  /** Whether that person is still there, and nobody else is about to be. */
  isStill(someone: SignedIn | undefined): boolean {
    return someone !== undefined && this.#now === someone && this.#wanted === someone.user.username;
  }

  /** Signs out whoever is there and signs `username` in, or nobody. Of several wishes meanwhile only the last counts. */
  become(username: string | undefined): Promise<void> {
    this.#isAsked = true;
    this.#wanted = username;
    this.#moving ??= this.#move().finally(() => {
      this.#moving = undefined;
    });
    return this.#moving;
  }

  async #move(): Promise<void> {
    while (this.#now?.user.username !== this.#wanted) {
      if (this.#now !== undefined) {
        // A session that the server no longer knows is over as well.
        await mattermost.signOut().catch(() => {});
        this.#become(undefined);
      } else if (this.#wanted !== undefined) {
        this.#become(await mattermost.signIn(this.#wanted));
      }
    }
  }

  #become(now: SignedIn | undefined): void {
    this.#now = now;
    this.#changed(now);
  }
}
