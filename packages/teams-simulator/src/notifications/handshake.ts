import type { Clock } from "../tenant/clock.ts";
import type { Randomness } from "../tenant/randomness.ts";
import { post } from "./post.ts";

// "Reply within 10 s" (section 3).
const validationLimitMs = 10_000;

export interface HandshakeOptions {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly stop: AbortSignal;
  /** The token's text; the default has spaces, colons and signs that a receiver must decode and not interpret. */
  readonly tokenText?: ((requestId: string) => string) | undefined;
}

const defaultTokenText = (requestId: string): string =>
  `Validation: Testing client application reachability for subscription Request-Id: ${requestId} <+&=%41>`;

/**
 * Asks a URL to prove that it expects notifications: the answer must be 200, text/plain and the decoded token, within
 * 10 seconds (section 3). Answers null when it is, otherwise what was wrong.
 */
export async function handshake(url: string, options: HandshakeOptions): Promise<string | null> {
  const token = (options.tokenText ?? defaultTokenText)(options.randomness.guid());
  const target = `${url}${url.includes("?") ? "&" : "?"}validationToken=${encodeURIComponent(token)}`;
  const content = { contentType: "text/plain; charset=utf-8", body: "" };
  const outcome = await post(target, content, { ...options, limitMs: validationLimitMs });
  if (outcome.kind === "timeout") return "The operation has timed out.";
  if (outcome.kind === "unreachable") return "The notification endpoint could not be reached.";
  if (outcome.status !== 200) {
    return `Notification endpoint must respond with 200 OK to validation request. Its answer was ${outcome.status}.`;
  }
  if (!/^text\/plain\b/i.test(outcome.contentType))
    return "The validation response must be of type text/plain.";
  return outcome.body === token
    ? null
    : "The validation response does not hold the decoded validation token.";
}
