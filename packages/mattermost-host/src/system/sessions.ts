import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import { AppError } from "../app-error.ts";
import type { Clock } from "../clock.ts";
import { type NewId, randomId } from "../identity.ts";
import type { Session, User } from "../model/user.ts";

/** ServiceSettings.SessionLengthWebInHours has 30 days as its default. */
const sessionLengthMs = 30 * 24 * 3_600_000;
/** Enough to keep a dump of memory from showing passwords, low because everything here is a test account. */
const scryptCost = 1024;

interface StoredPassword {
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

/** Passwords and logins. Tokens and hashes stay inside; only the session's owner is ever handed its token. */
export class Sessions {
  readonly #clock: Clock;
  readonly #newId: NewId;
  readonly #byToken = new Map<string, Session>();
  readonly #passwords = new Map<string, StoredPassword>();

  constructor(clock: Clock, newId: NewId = randomId) {
    this.#clock = clock;
    this.#newId = newId;
  }

  setPassword(userId: string, password: string): void {
    const salt = randomBytes(16);
    this.#passwords.set(userId, { salt, hash: scryptSync(password, salt, 32, { N: scryptCost }) });
  }

  passwordMatches(userId: string, password: string): boolean {
    const stored = this.#passwords.get(userId);
    if (!stored) return false;
    return timingSafeEqual(stored.hash, scryptSync(password, stored.salt, 32, { N: scryptCost }));
  }

  open(user: User, options: { personalAccessToken?: boolean } = {}): Session {
    const now = this.#clock.now();
    const permanent = options.personalAccessToken ?? false;
    const session: Session = {
      id: this.#newId(),
      token: this.#newId(),
      csrfToken: this.#newId(),
      userId: user.id,
      roles: user.roles,
      createAt: now,
      expiresAt: permanent ? 0 : now + sessionLengthMs,
      isPersonalAccessToken: permanent,
    };
    this.#byToken.set(session.token, session);
    return session;
  }

  /** The living session of a token, or undefined when it is unknown or over. */
  find(token: string): Session | undefined {
    const session = this.#byToken.get(token);
    if (!session) return undefined;
    if (session.expiresAt !== 0 && session.expiresAt <= this.#clock.now()) {
      this.#byToken.delete(token);
      return undefined;
    }
    return session;
  }

  get(sessionId: string): Session {
    for (const session of this.#byToken.values()) if (session.id === sessionId) return session;
    throw new AppError("app.session.get.app_error", { where: "GetSession" });
  }

  ofUser(userId: string): Session[] {
    return [...this.#byToken.values()].filter((session) => session.userId === userId);
  }

  revoke(session: Session): void {
    this.#byToken.delete(session.token);
  }
}
