import type { JsonObject } from "../json.ts";

/** Whom a websocket event reaches. All empty means every connected client. */
export interface Broadcast {
  readonly userId?: string;
  readonly channelId?: string;
  readonly teamId?: string;
  readonly connectionId?: string;
  readonly omitConnectionId?: string;
  readonly omitUsers?: readonly string[];
}

export interface ServerEvent {
  /** `posted`, `ephemeral_message`, `custom_<plugin>_<event>` … */
  readonly event: string;
  readonly data: JsonObject;
  readonly broadcast: Broadcast;
}

/** Carries websocket events to the hubs of all nodes and to observers in the same process. */
export class EventBus {
  readonly #listeners = new Set<(event: ServerEvent) => void>();

  publish(event: string, data: JsonObject, broadcast: Broadcast = {}): void {
    for (const listener of this.#listeners) listener({ event, data, broadcast });
  }

  subscribe(listener: (event: ServerEvent) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /** The next event that `wanted` accepts. Rejects with the signal's reason when it aborts first. */
  next(wanted: (event: ServerEvent) => boolean, signal?: AbortSignal): Promise<ServerEvent> {
    return new Promise((resolve, reject) => {
      const subscription = this.subscribe((event) => {
        if (!wanted(event)) return;
        subscription[Symbol.dispose]();
        resolve(event);
      });
      signal?.addEventListener("abort", () => {
        subscription[Symbol.dispose]();
        reject(signal.reason);
      });
    });
  }

  get subscribers(): number {
    return this.#listeners.size;
  }
}
