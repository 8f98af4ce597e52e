import type { GraphQuota } from "../../application/graph-pauses.ts";

const quotas: readonly (readonly [RegExp, GraphQuota])[] = [
  [/^\/communications\//i, "presence"],
  [/^\/users\/[^/]+\/chats\/getAllMessages/i, "history"],
  // Pictures are large and in no hurry: what Graph refuses of them must not hold up messages.
  [/\/hostedContents\/|^\/shares\//i, "files"],
  [/^\/chats\//i, "chats"],
  [/^\/subscriptions/i, "subscriptions"],
];

/** Which of Graph's allowances a request counts against (facts, section 7). */
export function quotaOf(path: string): GraphQuota {
  return quotas.find(([pattern]) => pattern.test(path))?.[1] ?? "other";
}
