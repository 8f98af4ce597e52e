import type { Clock } from "../tenant/clock.ts";
import { GraphError } from "./graph-error.ts";

/** Kinds of requests that Graph counts apart (section 7). */
export type ThrottleClass =
  | "chatMessageRead"
  | "getAllMessages"
  | "teamsRead"
  | "chatList"
  | "subscriptionWrite"
  | "subscriptionReauthorize"
  | "subscriptionRead"
  | "subscriptionList"
  | "presence"
  | "users"
  | "files"
  | "batch";

/** At most `requests` within any `windowMs`. */
export interface Allowance {
  readonly requests: number;
  readonly windowMs: number;
}

/** Allowances per app and tenant, from the table of section 7; that of users depends on how many there are. */
export const documentedAllowances: Readonly<Partial<Record<ThrottleClass, Allowance>>> = {
  chatMessageRead: { requests: 20, windowMs: 1_000 },
  getAllMessages: { requests: 200, windowMs: 1_000 },
  teamsRead: { requests: 30, windowMs: 1_000 },
  subscriptionWrite: { requests: 500, windowMs: 20_000 },
  subscriptionReauthorize: { requests: 1_000, windowMs: 20_000 },
  subscriptionRead: { requests: 500, windowMs: 20_000 },
  subscriptionList: { requests: 25, windowMs: 20_000 },
  presence: { requests: 1_500, windowMs: 30_000 },
};

/** Allowance of one chat for reads of its messages and members (section 7). */
export const perChatAllowance: Allowance = { requests: 1, windowMs: 1_000 };

/** Allowance of one person for listing and getting chats (section 7). */
export const perUserChatAllowance: Allowance = { requests: 5, windowMs: 1_000 };

/** Allowance of an app and tenant for users, in resource units (section 7, identity). */
export function userAllowance(usersOfTenant: number): Allowance {
  const requests = usersOfTenant < 50 ? 3_500 : usersOfTenant <= 500 ? 5_000 : 8_000;
  return { requests, windowMs: 10_000 };
}

/** Resource units of one request for users. */
export function userUnits(query: URLSearchParams): number {
  return 2 - (query.has("$select") ? 1 : 0) + (query.has("$expand") ? 1 : 0);
}

/** Counts requests in sliding windows; refused requests count too, as early retries do with Graph. */
export class Throttle {
  readonly #clock: Clock;
  readonly #seen = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Throws Graph's 429 with `Retry-After` when `key` has used up its allowance; some requests count as several. */
  admit(key: string, allowance: Allowance, units = 1): void {
    const now = this.#clock.now();
    const recent = (this.#seen.get(key) ?? []).filter((at) => at > now - allowance.windowMs);
    for (let unit = 0; unit < units; unit += 1) recent.push(now);
    this.#seen.set(key, recent.slice(-(allowance.requests + 1)));
    if (recent.length <= allowance.requests) return;
    const freeAt = (recent.at(-allowance.requests) ?? now) + allowance.windowMs;
    throw tooManyRequests(Math.max(1, Math.ceil((freeAt - now) / 1_000)));
  }
}

export function tooManyRequests(retryAfterSeconds: number | undefined): GraphError {
  return new GraphError(429, "TooManyRequests", "Too many requests.", {
    headers: retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) },
  });
}
