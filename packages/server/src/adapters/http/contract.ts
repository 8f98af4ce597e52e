/**
 * What the plugin's two halves say to each other over HTTP, the websocket and preferences. The web half imports this
 * file and nothing else of the server, so it holds no import of its own.
 */

export const pluginId = "msteams-notifications";

/** Paths below `<site>/plugins/<pluginId>`. */
export const paths = {
  /** GET → {@link ConnectionAnswer}; POST → {@link ConnectAnswer}; DELETE → 204. For the signed-in person. */
  connection: "/api/v1/connection",
} as const;

/** Without the `custom_<pluginId>_` that Mattermost puts in front. Carries nothing: receivers ask again. */
export const connectionChangedEvent = "connection_changed";

/** A person's choices as Mattermost preferences: the name of each and its values, that of whoever never chose first. */
export const preferences = {
  category: `pp_${pluginId}`,
  choices: {
    notifications: ["on", "off"],
    bots: ["off", "on"],
    threads: ["flat", "chats"],
    together: ["off", "on"],
  },
} as const;

export type ConnectionAnswer =
  /** An administrator has to finish the settings first. */
  | { readonly state: "not-set-up" }
  | { readonly state: "not-connected" }
  | { readonly state: "connected"; readonly account: string; readonly notifications: boolean };

export interface ConnectAnswer {
  /** Absolute address of the page that starts the sign-in; valid once, for ten minutes. */
  readonly url: string;
}

/** Body of every answer with a 4xx or 5xx status. */
export interface ErrorAnswer {
  /** For the person: what happened and what to do. */
  readonly message: string;
}
