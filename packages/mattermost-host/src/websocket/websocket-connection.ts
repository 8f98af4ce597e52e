import type { WebSocket } from "ws";
import { sessionOf } from "../http/credentials.ts";
import type { Session } from "../model/user.ts";
import type { NodeParts } from "../node/node-parts.ts";
import type { ServerEvent } from "../system/events.ts";
import { serverVersion } from "../system/system.ts";
import { eventFrame, type Receiver, reaches } from "./broadcast-rules.ts";
import { type ClientMessage, okFrame, parseClientMessage } from "./client-message.ts";
import { answerFrame } from "./client-requests.ts";

/** A client that has not shown a token by then is cut off (platform.authCheckInterval). */
const authenticationTimeoutMs = 5_000;

/** One websocket client: silent until it is known who it is, then numbered events and answers to its requests. */
export class WebsocketConnection {
  readonly #parts: NodeParts;
  readonly #socket: WebSocket;
  readonly #connectionId: string;
  readonly #onEnd: () => void;
  readonly #authenticationTimer: Disposable;
  #userId: string | undefined;
  #seq = 0;

  constructor(parts: NodeParts, socket: WebSocket, onEnd: () => void) {
    this.#parts = parts;
    this.#socket = socket;
    this.#connectionId = parts.system.newId();
    this.#onEnd = onEnd;
    this.#authenticationTimer = parts.system.clock.after(authenticationTimeoutMs, () => {
      if (this.#userId === undefined) this.#socket.close();
    });
    socket.on("message", (content) => this.#received(String(content)));
    socket.on("error", () => this.end());
    socket.on("close", () => this.#closed());
  }

  get receiver(): Receiver | undefined {
    return this.#userId === undefined
      ? undefined
      : { connectionId: this.#connectionId, userId: this.#userId };
  }

  begin(session: Session | undefined): void {
    if (session) this.#admit(session);
  }

  deliver(event: ServerEvent): void {
    const receiver = this.receiver;
    if (receiver && reaches(this.#parts.system, event, receiver)) this.#send(event);
  }

  end(): void {
    this.#socket.terminate();
    this.#closed();
  }

  #admit(session: Session): void {
    this.#userId = session.userId;
    this.#authenticationTimer[Symbol.dispose]();
    const hello = { connection_id: this.#connectionId, server_version: serverVersion, server_hostname: "" };
    this.#send({ event: "hello", data: hello, broadcast: { userId: session.userId } });
    const { system, activity } = this.#parts;
    const status = system.users.status(session.userId);
    if (!status.manual && status.status !== "online") activity.setStatus(session.userId, "online", false);
    const { userId } = session;
    activity.occurrences.report({ kind: "websocket-connected", connectionId: this.#connectionId, userId });
  }

  #received(text: string): void {
    const message = parseClientMessage(text);
    if (!message) return;
    if (message.action === "authentication_challenge") this.#authenticate(message);
    else if (this.#userId === undefined) this.#socket.close();
    else this.#socket.send(answerFrame(this.#parts, message, this.#userId));
  }

  #authenticate({ seq, data }: ClientMessage): void {
    if (this.#userId !== undefined) return;
    const token = typeof data.token === "string" ? data.token : "";
    const session = sessionOf(this.#parts.system, { token, from: "header" });
    if (!session) {
      this.#socket.close();
      return;
    }
    this.#admit(session);
    this.#socket.send(okFrame(seq));
  }

  #send(event: ServerEvent): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#socket.send(eventFrame(event, this.#seq));
    this.#seq += 1;
  }

  #closed(): void {
    this.#authenticationTimer[Symbol.dispose]();
    this.#onEnd();
    const userId = this.#userId;
    if (userId === undefined) return;
    this.#userId = undefined;
    const connectionId = this.#connectionId;
    this.#parts.activity.occurrences.report({ kind: "websocket-disconnected", connectionId, userId });
  }
}
