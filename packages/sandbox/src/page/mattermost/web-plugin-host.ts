import type { PluginRegistry, UserSettings, WebappPlugin } from "@msteams-notifications/webapp/registry";
import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { mattermost, type WebsocketMessage } from "./client.ts";
import { PluginStore } from "./plugin-store.ts";
import { validUserSettings } from "./valid-user-settings.ts";

declare global {
  interface Window {
    basename?: string;
    registerPlugin(id: string, plugin: WebappPlugin): void;
  }
}

export interface PostMenuEntry {
  readonly id: string;
  readonly text: string;
  readonly action: (postId: string) => void;
  readonly filter: (postId: string) => boolean;
}

/**
 * The part of Mattermost's web app that loads plugins' web halves and keeps what they register. It lives as long as the
 * page, whoever signs in and out; so does what plugins registered.
 */
export class WebPluginHost {
  readonly store = new PluginStore();
  readonly #plugins = new Map<string, WebappPlugin>();
  readonly #events = new Map<string, (message: unknown) => void>();
  readonly #reconnects = new Map<string, () => void>();
  readonly #userSettings = new Map<string, UserSettings>();
  readonly #postMenu = new Map<string, PostMenuEntry>();
  #components = 0;
  readonly #changed: () => void;
  readonly #complain: (error: unknown) => void;

  constructor(changed: () => void, complain: (error: unknown) => void) {
    this.#changed = changed;
    this.#complain = complain;
    // The page stands in for Mattermost below a subpath, which plugins have to respect.
    window.basename = "/mattermost";
    // What of it plugins use is the same in React; the real versions of Mattermost have their own tests.
    Object.assign(window, { React: { createElement: h, useState, useEffect } });
    window.registerPlugin = (id, plugin) => {
      this.#plugins.get(id)?.uninitialize();
      this.#plugins.set(id, plugin);
    };
  }

  /** What plugins add to the menu of a post. */
  postMenu(postId: string): readonly PostMenuEntry[] {
    return [...this.#postMenu.values()].filter(({ filter }) => filter(postId));
  }

  get userSettings(): readonly UserSettings[] {
    return [...this.#userSettings.values()];
  }

  /**
   * Loads every enabled plugin's script and initializes it, whether somebody is signed in or not. Who has no session meets
   * the landing page before the sign-in page, and plugins are initialized on both.
   */
  async load(): Promise<void> {
    const isSignInPage = this.store.getState().entities.users.currentUserId === "";
    for (const { id, webapp } of await mattermost.plugins()) {
      if (webapp === undefined) continue;
      await loadScript(`${window.basename}${webapp.bundle_path}`);
      const plugin = this.#plugins.get(id);
      plugin?.initialize(this.#registryOf(id), this.store);
      if (isSignInPage) plugin?.initialize(this.#registryOf(id), this.store);
    }
  }

  dispatch(message: WebsocketMessage): void {
    this.#events.get(message.event)?.(message);
    this.store.somethingHappened();
  }

  /** The websocket is there again; its first connection is none of these. */
  reconnected(): void {
    for (const each of this.#reconnects.values()) each();
    this.store.somethingHappened();
  }

  #registryOf(pluginId: string): PluginRegistry {
    return {
      registerUserSettings: (settings) => {
        const { valid, faults } = validUserSettings(settings);
        for (const fault of faults) this.#complain(new Error(`${pluginId} registers settings ${fault}.`));
        if (valid !== undefined) this.#userSettings.set(pluginId, { ...valid, id: pluginId });
        this.#changed();
      },
      registerPostDropdownMenuAction: (text, action, filter) => {
        this.#components += 1;
        const id = `component-${this.#components}`;
        this.#postMenu.set(id, { id, text, action, filter });
        return id;
      },
      unregisterComponent: (id) => void this.#postMenu.delete(id),
      registerWebSocketEventHandler: (event, handler) => void this.#events.set(event, handler),
      unregisterWebSocketEventHandler: (event) => void this.#events.delete(event),
      registerReconnectHandler: (handler) => void this.#reconnects.set(pluginId, handler),
      unregisterReconnectHandler: () => void this.#reconnects.delete(pluginId),
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
