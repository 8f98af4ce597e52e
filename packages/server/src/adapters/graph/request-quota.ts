import type { GraphQuota } from "../../application/graph-pauses.ts";

const quotas: readonly (readonly [RegExp, GraphQuota])[] = [
  [/^POST \/communications\//i, "presence"],
  [/^GET \/users\/[^/]+\/chats\/getAllMessages/i, "history"],
  // Pictures are large and in no hurry: what Graph refuses of them must not hold up messages.
  [/^GET (?:\/.*\/hostedContents\/|\/shares\/)/i, "files"],
  [/^GET \/chats\//i, "chats"],
  [/^GET \/subscriptions(?:\?|$)/i, "subscription-lists"],
  [/^GET \/subscriptions\//i, "subscription-reads"],
  [/^(?:POST|PATCH|DELETE) \/subscriptions/i, "subscription-writes"],
];

/** Which of Graph's allowances a request counts against (facts, section 7). */
export function quotaOf({ method, path }: { readonly method: string; readonly path: string }): GraphQuota {
  return quotas.find(([pattern]) => pattern.test(`${method} ${path}`))?.[1] ?? "other";
}

/** At most `requests` within any `windowMs`. */
export interface Allowance {
  readonly requests: number;
  readonly windowMs: number;
}

/**
 * What Graph allows an application in one tenant (facts, section 7), of the kinds that the plugin asks for by the thousand of
 * its own accord. What messages need is asked for as they come; where that is too much, Graph's 429 puts it off.
 */
export const allowances: Readonly<Partial<Record<GraphQuota, Allowance>>> = {
  "subscription-writes": { requests: 500, windowMs: 20_000 },
  "subscription-reads": { requests: 500, windowMs: 20_000 },
  "subscription-lists": { requests: 25, windowMs: 20_000 },
  history: { requests: 200, windowMs: 1_000 },
};
