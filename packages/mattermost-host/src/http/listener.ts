import type { Server } from "node:http";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";

/** An HTTP server on a loopback port that the system chose. */
export interface Listener extends AsyncDisposable {
  readonly url: string;
  readonly server: Server;
}

/** Opens a listener for `app`. Disposing cuts open connections, because clients keep theirs alive. */
export async function listen<E extends { Bindings: HttpBindings }>(app: Hono<E>): Promise<Listener> {
  // The platform's own Request and Response must stay: plugins' answers are passed on as they are.
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("The listener has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    server,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
