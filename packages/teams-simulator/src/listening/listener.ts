import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { createAdaptorServer } from "@hono/node-server";

/** PEM of a certificate and its private key, for a listener that speaks https. */
export interface ListenerTls {
  readonly cert: string;
  readonly key: string;
}

/** What a responder may do to the connection of a request besides answering it. */
interface Connection {
  /** Drops the TCP connection without an answer. */
  reset(): void;
}

export type Responder = (request: Request, connection: Connection) => Response | Promise<Response>;

/** A bound HTTP listener; `url` has no trailing slash. Disposing it ends open connections too. */
export interface Listener extends AsyncDisposable {
  readonly url: string;
}

/** Listens on 127.0.0.1; port 0 lets the operating system choose. Rejects when the port is taken. */
export async function listen(
  responder: Responder,
  options: { readonly port?: number | undefined; readonly tls?: ListenerTls | undefined } = {},
): Promise<Listener> {
  const sockets = new Set<Socket>();
  const fetch = (request: Request, env: unknown): Response | Promise<Response> =>
    responder(request, { reset: () => incomingOf(env)?.socket.destroy() });
  const server = createAdaptorServer({
    fetch,
    overrideGlobalObjects: false,
    ...(options.tls === undefined
      ? { createServer }
      : { createServer: createTlsServer, serverOptions: { cert: options.tls.cert, key: options.tls.key } }),
  }) as Server;
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Event streams and kept-alive connections would hold `close` back for ever.
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function incomingOf(env: unknown): IncomingMessage | undefined {
  return (env as { readonly incoming?: IncomingMessage } | undefined)?.incoming;
}
