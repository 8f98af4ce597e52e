import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { presentedToken, sessionOf } from "../http/credentials.ts";
import type { Session } from "../model/user.ts";
import type { NodeParts } from "../node/node-parts.ts";
import type { WebsocketHub } from "./websocket-hub.ts";

/** Requests of clients are small; a larger frame ends the connection (model.SocketMaxMessageSizeKb). */
const maxMessageBytes = 8 * 1024;

/** What a listener calls for every request to switch to a websocket; other paths than Mattermost's are closed. */
export function websocketUpgrade(
  parts: NodeParts,
  hub: WebsocketHub,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const acceptor = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
  return (request, socket, head) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (url.pathname !== "/api/v4/websocket") {
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
      return;
    }
    const session = sessionOfUpgrade(parts, request, url);
    acceptor.handleUpgrade(request, socket, head, (accepted) => hub.accept(accepted, session));
  };
}

/** A cookie counts only when the page is the server's own: browsers add it for pages of strangers too. */
function sessionOfUpgrade(parts: NodeParts, request: IncomingMessage, url: URL): Session | undefined {
  const headers = new Headers();
  for (const name of ["authorization", "cookie"] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  const presented = presentedToken(headers, url.searchParams);
  const { origin, host } = request.headers;
  const foreign = origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host);
  if (presented?.from === "cookie" && foreign) return undefined;
  return sessionOf(parts.system, presented);
}
