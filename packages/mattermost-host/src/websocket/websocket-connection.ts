import type { WebSocket } from "ws";
import { sessionOf } from "../http/credentials.ts";
import { toJsonObject } from "../json.ts";
import type { Session } from "../model/user.ts";
import type { NodeParts } from "../node/node-parts.ts";
import type { ServerEvent } from "../system/events.ts";
import { serverVersion } from "../system/system.ts";
import { eventFrame, reaches } from "./broadcast-rules.ts";
import { type ClientMessage, okFrame, parseClientMessage } from "./client-message.ts";
import { answerFrame } from "./client-requests.ts";

/** A client that has not shown a token by then is cut off (platform.authCheckInterval). */
const authenticationTimeoutMs = 5_000;
/** What a web app's plugin half sends to its server half (platform.websocketMessagePluginPrefix). */
const pluginPrefix = "custom_";

/** One websocket client: silent until it is known who it is, then numbered events and answers to its requests. */
export class WebsocketConnection {
  readonly #parts: NodeParts;
  readonly #socket: WebSocket;
  readonly #connectionId: string;
  readonly #onEnd: () => void;
  readonly #authenticationTimer: Disposable;
  #session: Session | undefined;
  #seq = 0;

  constructor(parts: NodeParts, socket: WebSocket, onEnd: () => void) {
    this.#parts = parts;
    this.#socket = socket;
    this.#connectionId = parts.system.newId();
    this.#onEnd = onEnd;
    this.#authenticationTimer = parts.system.clock.after(authenticationTimeoutMs, () => {
      if (!this.#session) this.#socket.close();
    });
    socket.on("message", (content) => this.#received(String(content)));
    socket.on("error", () => this.end());
    socket.on("close", () => this.#closed());
  }

  begin(session: Session | undefined): void {
    if (session) this.#admit(session);
  }

  /** Passes on what is meant for this client. One whose session has ended meanwhile is cut off instead. */
  deliver(event: ServerEvent): void {
    if (!this.#session) return;
    const { token, userId } = this.#session;
    if (!sessionOf(this.#parts.system, { token, from: "header" })) this.#socket.close();
    else if (reaches(this.#parts.system, event, { connectionId: this.#connectionId, userId }))
      this.#send(event);
  }

  end(): void {
    this.#socket.terminate();
    this.#closed();
  }

  #admit(session: Session): void {
    this.#session = session;
    this.#authenticationTimer[Symbol.dispose]();
    const hello = { connection_id: this.#connectionId, server_version: serverVersion, server_hostname: "" };
    this.#send({ event: "hello", data: hello, broadcast: { userId: session.userId } });
    const { system, activity } = this.#parts;
    const { userId } = session;
    system.clients.enter(userId);
    activity.showPresence(userId);
    activity.occurrences.report({ kind: "websocket-connected", connectionId: this.#connectionId, userId });
  }

  #received(text: string): void {
    const message = parseClientMessage(text);
    if (!message) return;
    if (message.action === "authentication_challenge") this.#authenticate(message);
    else if (!this.#session) this.#socket.close();
    else this.#answer(message, this.#session.userId);
  }

  /** Plugins are told of every request. Those that begin with their prefix are theirs alone and get no answer. */
  #answer(message: ClientMessage, userId: string): void {
    const { seq, action, data } = message;
    const connectionId = this.#connectionId;
    this.#parts.activity.occurrences.report({
      kind: "websocket-message",
      connectionId,
      userId,
      seq,
      action,
      data: toJsonObject(data),
    });
    if (!action.startsWith(pluginPrefix)) this.#socket.send(answerFrame(this.#parts, message, userId));
  }

  #authenticate({ seq, data }: ClientMessage): void {
    if (this.#session) return;
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
    if (!this.#session) return;
    const { userId } = this.#session;
    this.#session = undefined;
    const { system, activity } = this.#parts;
    system.clients.leave(userId);
    activity.showPresence(userId);
    const connectionId = this.#connectionId;
    activity.occurrences.report({ kind: "websocket-disconnected", connectionId, userId });
  }
}
