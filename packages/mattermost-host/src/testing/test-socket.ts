import { WebSocket } from "ws";
import type { Json } from "../json.ts";

export interface ReceivedEvent {
  readonly event: string;
  readonly seq: number;
  readonly data: Readonly<Record<string, Json>>;
  readonly broadcast: Readonly<Record<string, Json>>;
}

type Frame = ReceivedEvent | { readonly seq_reply: number; readonly status: string };

/** A websocket client that keeps every frame, for tests to wait on. */
export class TestSocket implements Disposable {
  readonly #socket: WebSocket;
  readonly #frames: Frame[] = [];
  readonly #waiting = new Set<() => void>();
  readonly closed: Promise<void>;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.on("close", () => resolve()));
    socket.on("message", (content) => {
      this.#frames.push(JSON.parse(String(content)) as Frame);
      for (const check of this.#waiting) check();
    });
  }

  static open(url: string, headers: Record<string, string> = {}): Promise<TestSocket> {
    const socket = new WebSocket(`${url.replace(/^http/, "ws")}/api/v4/websocket`, { headers });
    const client = new TestSocket(socket);
    return new Promise((resolve, reject) => {
      socket.on("open", () => resolve(client));
      socket.on("error", reject);
    });
  }

  get events(): ReceivedEvent[] {
    return this.#frames.filter((frame): frame is ReceivedEvent => "event" in frame);
  }

  /** How many requests were answered. */
  get replies(): number {
    return this.#frames.length - this.events.length;
  }

  send(message: Json): void {
    this.#socket.send(JSON.stringify(message));
  }

  close(): void {
    this.#socket.close();
  }

  /** The first event of that name, now or later. */
  event(name: string): Promise<ReceivedEvent> {
    return this.#first((frame) => "event" in frame && frame.event === name) as Promise<ReceivedEvent>;
  }

  reply(seq: number): Promise<Frame> {
    return this.#first((frame) => "seq_reply" in frame && frame.seq_reply === seq);
  }

  #first(wanted: (frame: Frame) => boolean): Promise<Frame> {
    return new Promise((resolve) => {
      const check = () => {
        const found = this.#frames.find(wanted);
        if (!found) return;
        this.#waiting.delete(check);
        resolve(found);
      };
      this.#waiting.add(check);
      check();
    });
  }

  [Symbol.dispose](): void {
    this.#socket.terminate();
  }
}
