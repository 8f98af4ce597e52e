import type { Clock } from "../tenant/clock.ts";

/** How a receiver took a POST; `elapsedMs` by the tenant's clock. */
export type PostOutcome =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly elapsedMs: number;
      readonly contentType: string;
      readonly body: string;
    }
  | { readonly kind: "timeout"; readonly elapsedMs: number }
  | { readonly kind: "unreachable"; readonly elapsedMs: number };

// Graph reads no more of an answer than this tenant needs: a validation token is far shorter.
const maxAnswerChars = 8_192;

/** POSTs to a subscriber, giving up after `limitMs` of the tenant's clock or when `stop` is aborted. */
export async function post(
  url: string,
  content: { readonly contentType: string; readonly body: string },
  options: { readonly clock: Clock; readonly limitMs: number; readonly stop: AbortSignal },
): Promise<PostOutcome> {
  const startedAt = options.clock.now();
  const elapsed = (): number => options.clock.now() - startedAt;
  const limit = new AbortController();
  using _timer = options.clock.after(options.limitMs, () => limit.abort());
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": content.contentType },
      body: content.body,
      redirect: "manual",
      signal: AbortSignal.any([limit.signal, options.stop]),
    });
    const body = (await answer.text()).slice(0, maxAnswerChars);
    const contentType = answer.headers.get("content-type") ?? "";
    return { kind: "answered", status: answer.status, elapsedMs: elapsed(), contentType, body };
  } catch {
    return { kind: limit.signal.aborted ? "timeout" : "unreachable", elapsedMs: elapsed() };
  }
}
