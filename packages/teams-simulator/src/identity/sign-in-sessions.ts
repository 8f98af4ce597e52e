import type { Tenant } from "../tenant/tenant.ts";

/** A browser's signed-in accounts, most recent first. */
export interface SignInSession {
  readonly id: string;
  userIds: readonly string[];
  usedAt: number;
}

export const sessionCookie = "simulated_sign_in";

// Entra keeps a session that was not made persistent for 24 hours without use.
const sessionIdleMs = 24 * 60 * 60_000;

/** Sign-in sessions by the value of their cookie. */
export class SignInSessions {
  readonly #sessions = new Map<string, SignInSession>();
  readonly #tenant: Pick<Tenant, "clock" | "randomness">;

  constructor(tenant: Pick<Tenant, "clock" | "randomness">) {
    this.#tenant = tenant;
  }

  find(cookie: string | undefined): SignInSession | undefined {
    const session = cookie === undefined ? undefined : this.#sessions.get(cookie);
    if (session === undefined || cookie === undefined) return undefined;
    if (session.usedAt + sessionIdleMs <= this.#tenant.clock.now()) {
      this.#sessions.delete(cookie);
      return undefined;
    }
    session.usedAt = this.#tenant.clock.now();
    return session;
  }

  /** Adds the account to the session behind `cookie`, or to a new one; answers the cookie to set. */
  signIn(
    cookie: string | undefined,
    userId: string,
  ): { readonly cookie: string; readonly session: SignInSession } {
    const found = this.find(cookie);
    if (found !== undefined && cookie !== undefined) {
      found.userIds = [userId, ...found.userIds.filter((id) => id !== userId)];
      return { cookie, session: found };
    }
    const created = Buffer.from(this.#tenant.randomness.bytes(32)).toString("base64url");
    const session: SignInSession = {
      id: this.#tenant.randomness.guid(),
      userIds: [userId],
      usedAt: this.#tenant.clock.now(),
    };
    this.#sessions.set(created, session);
    return { cookie: created, session };
  }

  signOut(cookie: string | undefined): void {
    if (cookie !== undefined) this.#sessions.delete(cookie);
  }
}
