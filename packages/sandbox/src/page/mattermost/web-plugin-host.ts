import type { PluginRegistry, UserSettings, WebappPlugin } from "@msteams-notifications/webapp/registry";
import { mattermost, type WebsocketMessage } from "./client.ts";

declare global {
  interface Window {
    basename?: string;
    registerPlugin(id: string, plugin: WebappPlugin): void;
  }
}

/** The part of Mattermost's web app that loads plugins' web halves and keeps what they register. */
export class WebPluginHost {
  readonly #plugins = new Map<string, WebappPlugin>();
  readonly #events = new Map<string, (message: unknown) => void>();
  readonly #reconnects: (() => void)[] = [];
  readonly #changed: () => void;
  readonly userSettings = new Map<string, UserSettings>();

  constructor(changed: () => void) {
    this.#changed = changed;
    // The page stands in for Mattermost below a subpath, which plugins have to respect.
    window.basename = "/mattermost";
    window.registerPlugin = (id, plugin) => void this.#plugins.set(id, plugin);
  }

  /** Loads every enabled plugin's script and initializes it for the person who is signed in. */
  async load(): Promise<void> {
    for (const { id, webapp } of await mattermost.plugins()) {
      if (webapp === undefined) continue;
      await loadScript(`${window.basename}${webapp.bundle_path}`);
      await this.#plugins.get(id)?.initialize(this.#registryOf(id));
    }
  }

  dispatch(message: WebsocketMessage): void {
    this.#events.get(message.event)?.(message);
  }

  reconnected(): void {
    for (const each of this.#reconnects) each();
  }

  unload(): void {
    for (const plugin of this.#plugins.values()) plugin.uninitialize();
    this.#plugins.clear();
    this.#events.clear();
    this.#reconnects.length = 0;
    this.userSettings.clear();
  }

  #registryOf(pluginId: string): PluginRegistry {
    return {
      registerUserSettings: (settings) => {
        this.userSettings.set(pluginId, { ...settings, id: pluginId });
        this.#changed();
      },
      registerWebSocketEventHandler: (event, handler) => void this.#events.set(event, handler),
      unregisterWebSocketEventHandler: (event) => void this.#events.delete(event),
      registerReconnectHandler: (handler) => void this.#reconnects.push(handler),
    };
  }
}

function loadScript(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = () => {
      script.remove();
      resolve();
    };
    script.onerror = () => reject(new Error(`The plugin's web bundle did not load from ${src}.`));
    document.head.append(script);
  });
}
