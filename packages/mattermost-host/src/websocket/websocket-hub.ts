import type { WebSocket } from "ws";
import type { Session } from "../model/user.ts";
import type { NodeParts } from "../node/node-parts.ts";
import type { ServerEvent } from "../system/events.ts";
import { WebsocketConnection } from "./websocket-connection.ts";

/** The websocket clients of one node. Events of the whole installation reach those they are meant for. */
export class WebsocketHub implements Disposable {
  readonly #parts: NodeParts;
  readonly #connections = new Set<WebsocketConnection>();
  readonly #subscription: Disposable;

  constructor(parts: NodeParts) {
    this.#parts = parts;
    this.#subscription = parts.system.events.subscribe((event) => this.#deliver(event));
  }

  get size(): number {
    return this.#connections.size;
  }

  /** Takes over an open socket; without a session the client has to show its token first. */
  accept(socket: WebSocket, session: Session | undefined): void {
    const connection = new WebsocketConnection(this.#parts, socket, () =>
      this.#connections.delete(connection),
    );
    this.#connections.add(connection);
    connection.begin(session);
  }

  #deliver(event: ServerEvent): void {
    for (const connection of this.#connections) connection.deliver(event);
  }

  [Symbol.dispose](): void {
    this.#subscription[Symbol.dispose]();
    for (const connection of [...this.#connections]) connection.end();
  }
}
