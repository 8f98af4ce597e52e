import type { ForwardedRequest } from "../node/plugin-gateway.ts";

/** The status that logs know for it; a client that went away reads none. */
const clientGone = 499;

/**
 * A plugin's answer. A client that goes away breaks it off, before its head or within its body; nobody is left to hear of
 * that failure, and it is none of the server's.
 */
export async function unlessGone(
  { signal }: Pick<ForwardedRequest, "signal">,
  answer: Promise<Response>,
): Promise<Response> {
  try {
    const response = await answer;
    return response.body === null ? response : new Response(endingWith(signal, response.body), response);
  } catch (error) {
    if (signal.aborted) return new Response(null, { status: clientGone });
    throw error;
  }
}

/** The same bytes; what would fail because the signal was given ends instead. */
function endingWith(signal: AbortSignal, body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          if (signal.aborted) controller.close();
          else controller.error(error);
        }
      },
      cancel: (reason: unknown) => reader.cancel(reason),
    },
    // Nothing is read ahead of the client: a plugin hears from it how fast to write.
    { highWaterMark: 0 },
  );
}
