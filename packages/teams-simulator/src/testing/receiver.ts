import { type Listener, listen } from "../listening/listener.ts";

/** One POST that a receiver got. */
export interface Received {
  readonly url: URL;
  readonly contentType: string;
  readonly text: string;
  readonly body: unknown;
}

export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
  /** Decides the answers to notifications; handshakes are answered as they should be unless `onHandshake` is set. */
  onNotification: (posted: Received) => Response | Promise<Response>;
  onHandshake: (token: string, posted: Received) => Response | Promise<Response>;
  /** Resolves with the first `count` notification POSTs, as soon as they are there. */
  first(count: number): Promise<readonly Received[]>;
}

/** A subscriber's endpoint on loopback. */
export async function receiver(): Promise<Receiver> {
  const received: Received[] = [];
  const watchers = new Set<() => void>();
  const shape = {
    received,
    onNotification: (): Response | Promise<Response> => new Response(null, { status: 202 }),
    onHandshake: (token: string): Response | Promise<Response> =>
      new Response(token, { headers: { "content-type": "text/plain" } }),
    first: (count: number): Promise<readonly Received[]> =>
      new Promise((resolve) => {
        const check = (): void => {
          if (received.length < count) return;
          watchers.delete(check);
          resolve(received.slice(0, count));
        };
        watchers.add(check);
        check();
      }),
  };
  let listener: Listener | undefined;
  const endpoint: Receiver = {
    ...shape,
    get url() {
      return listener?.url ?? "";
    },
    [Symbol.asyncDispose]: async () => listener?.[Symbol.asyncDispose](),
  };
  listener = await listen(async (request) => {
    const url = new URL(request.url);
    const text = await request.text();
    const token = url.searchParams.get("validationToken");
    const posted = {
      url,
      contentType: request.headers.get("content-type") ?? "",
      text,
      body: text === "" ? null : JSON.parse(text),
    };
    if (token !== null) return endpoint.onHandshake(token, posted);
    received.push(posted);
    for (const watcher of [...watchers]) watcher();
    return endpoint.onNotification(posted);
  });
  return endpoint;
}
