import { type Configuration, refreshTokenGrant } from "openid-client";
import type { Clock } from "../../application/clock.ts";
import { type FileGrant, type FileGrants, NotCopyable } from "../../application/copying/copying-ports.ts";
import type { AccessTokens } from "./access-tokens.ts";
import { type EntraClientSettings, entraClient, type Fetch } from "./entra-client.ts";
import { entraFailure } from "./entra-failure.ts";
import { TokenError } from "./tokens.ts";

/** A token given to a download must outlive it. */
const renewBeforeExpiryMs = 5 * 60_000;

/** What opens the files of a message (facts, section 2); nothing else is ever asked of a person. */
export function fileScopes({ graphUrl }: Pick<EntraClientSettings, "graphUrl">): readonly string[] {
  return ["offline_access", `${graphUrl}/Files.Read.All`];
}

interface HeldToken {
  readonly value: string;
  readonly expiresAtMs: number;
}

/**
 * People's own tokens for their files, by refresh token (facts, section 1). Access tokens live in this process's memory
 * only, for an hour or so; each renewal brings a new refresh token, which replaces the stored one. A grant that Microsoft
 * ended is removed, so that nobody is asked in vain: its owner has to connect again.
 */
export class ReaderTokens {
  readonly #client: Configuration;
  readonly #scope: string;
  readonly #grants: FileGrants;
  readonly #clock: Clock;
  /** By person and grant: who connects anew, with another account perhaps, gets a new one. */
  readonly #held = new Map<string, HeldToken>();

  constructor(settings: EntraClientSettings, grants: FileGrants, clock: Clock, fetchAnswer?: Fetch) {
    this.#client = entraClient(settings, fetchAnswer);
    this.#scope = fileScopes(settings).join(" ");
    this.#grants = grants;
    this.#clock = clock;
  }

  /** Throws {@link NotCopyable} `sign-in-missing` without a grant, and {@link TokenError}. */
  of(userId: string): AccessTokens {
    return {
      current: async () => this.#current(userId, await this.#grantOf(userId)),
      renew: async (refused) => {
        const grant = await this.#grantOf(userId);
        const key = heldKey(userId, grant);
        if (this.#held.get(key)?.value === refused) this.#held.delete(key);
        return this.#current(userId, grant);
      },
    };
  }

  async #grantOf(userId: string): Promise<FileGrant> {
    const grant = await this.#grants.find(userId);
    if (grant === undefined) throw new NotCopyable("sign-in-missing");
    return grant;
  }

  async #current(userId: string, grant: FileGrant): Promise<string> {
    const nowMs = this.#clock.now();
    for (const [key, { expiresAtMs }] of this.#held)
      if (expiresAtMs - renewBeforeExpiryMs <= nowMs) this.#held.delete(key);
    const held = this.#held.get(heldKey(userId, grant));
    return held === undefined ? this.#refresh(userId, grant) : held.value;
  }

  async #refresh(userId: string, grant: FileGrant): Promise<string> {
    try {
      const answer = await refreshTokenGrant(this.#client, grant.refreshToken, { scope: this.#scope });
      const expiresAtMs = this.#clock.now() + (answer.expires_in ?? 0) * 1000;
      this.#held.set(heldKey(userId, grant), { value: answer.access_token, expiresAtMs });
      if (answer.refresh_token !== undefined)
        await this.#grants.renew(userId, { ...grant, refreshToken: answer.refresh_token });
      return answer.access_token;
    } catch (cause) {
      const { code, numbers } = entraFailure(cause);
      if (code !== "expired-code" && code !== "consent-missing" && code !== "declined")
        throw new TokenError(code, numbers, { cause });
      await this.#grants.remove(userId, grant.grantedAtMs);
      throw new NotCopyable("sign-in-missing", { cause });
    }
  }
}

function heldKey(userId: string, { grantedAtMs }: FileGrant): string {
  return `${userId}/${grantedAtMs}`;
}
