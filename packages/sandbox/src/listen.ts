import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";

export interface Listening extends AsyncDisposable {
  readonly url: string;
}

/** Answers requests on a port of 127.0.0.1; 0 lets the system choose. Rejects when the port is taken. */
export async function listen(
  answer: (request: Request) => Response | Promise<Response>,
  port: number,
): Promise<Listening> {
  // The platform's own Request and Response must stay: answers of other servers are passed on as they are.
  const server = createAdaptorServer({ fetch: answer, overrideGlobalObjects: false }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("The listener has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.close(() => closed());
        // Browsers keep theirs open.
        server.closeAllConnections();
      }),
  };
}
