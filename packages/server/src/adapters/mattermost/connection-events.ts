import type { Api } from "@msteams-notifications/plugin-sdk";
import type { Log } from "../../application/log.ts";
import type { ConnectionEvents } from "../../application/mattermost/connection-events.ts";

/** Tells a person's open web apps by websocket. */
export class WebsocketEvents implements ConnectionEvents {
  readonly #api: Api;
  readonly #event: string;
  readonly #log: Log;

  constructor(api: Api, event: string, log: Log) {
    this.#api = api;
    this.#event = event;
    this.#log = log;
  }

  async connectionChanged(userId: string): Promise<void> {
    try {
      await this.#api.websocket.publish(this.#event, {}, { userId });
    } catch {
      // The web app asks again whenever its settings are opened.
      this.#log.warn("Open web apps could not be told that a connection changed");
    }
  }
}
