import { pluginId } from "@msteams-notifications/server/contract";
import type { Browser } from "./connection-client.ts";
import { MsTeamsPlugin } from "./plugin.ts";
import type { React } from "./react.ts";
import type { WebappPlugin } from "./registry.ts";

declare global {
  interface Window {
    registerPlugin(id: string, plugin: WebappPlugin): void;
    /** Mattermost's own; set before plugins are loaded. */
    React?: React;
    /** Set by Mattermost when it lives below a subpath. */
    basename?: string;
  }
}

const browser: Browser = {
  react: window.React,
  fetch: (input, init) => window.fetch(input, init),
  cookies: () => document.cookie,
  basePath: () => window.basename ?? "",
  openTab() {
    const tab = window.open("about:blank", "_blank");
    if (!tab) return undefined;
    // The sign-in page must not be able to steer Mattermost's tab.
    tab.opener = null;
    return { navigate: (url) => tab.location.replace(url), close: () => tab.close() };
  },
  navigate: (url) => window.location.assign(url),
  confirm: (question) => window.confirm(question),
  alert: (text) => window.alert(text),
};

window.registerPlugin(pluginId, new MsTeamsPlugin(browser));
