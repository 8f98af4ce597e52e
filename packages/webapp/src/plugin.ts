import { connectionChangedEvent, pluginId } from "@msteams-notifications/server/contract";
import { type Browser, ConnectionClient } from "./connection-client.ts";
import type { PluginRegistry, WebappPlugin } from "./registry.ts";
import { userSettings } from "./user-settings.ts";

const websocketEvent = `custom_${pluginId}_${connectionChangedEvent}`;

/** The web half: keeps the preferences page in step with the connection. */
export class MsTeamsPlugin implements WebappPlugin {
  readonly #browser: Browser;
  readonly #client: ConnectionClient;
  #registry: PluginRegistry | undefined;
  /** Counts refreshes, so that a slow old answer never replaces a newer one. */
  #refreshes = 0;

  constructor(browser: Browser) {
    this.#browser = browser;
    this.#client = new ConnectionClient(browser);
  }

  async initialize(registry: PluginRegistry): Promise<void> {
    this.#registry = registry;
    registry.registerWebSocketEventHandler(websocketEvent, () => void this.refresh());
    // Events that came while the websocket was down are gone for good.
    registry.registerReconnectHandler(() => void this.refresh());
    await this.refresh();
  }

  uninitialize(): void {
    this.#registry?.unregisterWebSocketEventHandler?.(websocketEvent);
    this.#registry?.unregisterReconnectHandler?.();
    this.#registry = undefined;
  }

  /** Asks the server and registers the page anew. */
  async refresh(): Promise<void> {
    const turn = ++this.#refreshes;
    const view = await this.#client.current();
    if (turn !== this.#refreshes) return;
    const actions = {
      connect: () => void this.#connect(),
      disconnect: () => void this.#disconnect(),
      retry: () => void this.refresh(),
    };
    this.#registry?.registerUserSettings?.(
      userSettings(view, actions, `${this.#browser.basePath()}/plugins/${pluginId}/public/icon.svg`),
    );
  }

  async #connect(): Promise<void> {
    const tab = this.#browser.openTab();
    try {
      const url = await this.#client.connect();
      if (tab) tab.navigate(url);
      else this.#browser.navigate(url);
    } catch (error) {
      tab?.close();
      this.#browser.alert(error instanceof Error ? error.message : String(error));
      await this.refresh();
    }
  }

  async #disconnect(): Promise<void> {
    if (
      !this.#browser.confirm(
        "Disconnect your Microsoft Teams account? You will no longer be notified here about Teams chats.",
      )
    )
      return;
    try {
      await this.#client.disconnect();
    } catch (error) {
      this.#browser.alert(error instanceof Error ? error.message : String(error));
    }
    await this.refresh();
  }
}
