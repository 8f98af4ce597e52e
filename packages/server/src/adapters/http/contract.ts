/**
 * What the plugin's two halves say to each other over HTTP, the websocket and preferences. The web half imports this
 * file and the table of choices, and nothing else of the server, so neither holds an import of its own.
 */

export const pluginId = "msteams-notifications";

/** Paths below `<site>/plugins/<pluginId>`. */
export const paths = {
  /** GET → {@link ConnectionAnswer}; POST → {@link ConnectAnswer}; DELETE → 204. For the signed-in person. */
  connection: "/api/v1/connection",
  /** POST what Mattermost tells of a button that was pressed. */
  buttons: "/api/v1/buttons",
  /** GET → {@link ChatsAnswer}; PUT {@link ChatMuting} → the same, afterwards. */
  chats: "/api/v1/chats",
  /** GET → {@link SnoozeAnswer}; PUT {@link Snoozing} → the same, afterwards. */
  snooze: "/api/v1/snooze",
  /** GET → {@link QuietAnswer}; PUT {@link QuietChoosing} → the same, afterwards. */
  quiet: "/api/v1/quiet-hours",
  /** GET → the person's chats as Mattermost's autocomplete takes them. */
  recentChats: "/api/v1/suggestions/recent-chats",
  mutedChats: "/api/v1/suggestions/muted-chats",
  /** Below it, POST {@link Place} to `/<post id>/mute` or `/why`: the bot shows there how the post's chat is muted, with
   * buttons, or why the message arrived. */
  posts: "/api/v1/posts",
} as const;

/** Without the `custom_<pluginId>_` that Mattermost puts in front. Carries nothing: receivers ask again. */
export const connectionChangedEvent = "connection_changed";

/** In the properties of the bot's posts: for those of a Teams message or thread it holds a slash. */
export const postKeyProp = "msteams_notifications_key";

/** Where Mattermost keeps a person's choices (facts, section 5); their names and values are those of domain/choices.ts. */
export const preferencesCategory = `pp_${pluginId}`;

export type ConnectionAnswer =
  /** An administrator has to finish the settings first. */
  | { readonly state: "not-set-up" }
  | { readonly state: "not-connected" }
  | {
      readonly state: "connected";
      readonly account: string;
      readonly notifications: boolean;
      /** Of some choices, by name, the value that is the most that the administrator allows. */
      readonly limits: Readonly<Record<string, string>>;
    };

/** The person's last chats and those they muted; undefined for who is not connected. */
export interface ChatsAnswer {
  readonly chats?: readonly ChatAnswer[];
}

export interface ChatAnswer {
  readonly chatId: string;
  readonly label: string;
  /** `chat of two`, `group chat` … */
  readonly kind: string;
  readonly mute?: {
    /** As one says it in the person's time zone; absent until they unmute it. */
    readonly until?: string;
    readonly mentions: boolean;
  };
}

/** How a chat is to be muted: until when, not at all, or until when it is already. */
export interface ChatMuting {
  readonly chatId: string;
  readonly until: "1h" | "tomorrow" | "always" | "off" | "as-it-is";
  readonly mentions: boolean;
}

/** A person's snooze; undefined for who is not connected. */
export interface SnoozeAnswer {
  /** `until` as one says it in the person's time zone; absent while nothing is snoozed. */
  readonly snooze?: { readonly until?: string };
}

export interface Snoozing {
  /** As after `/msteams snooze`: `30m`, `2h`, `tomorrow`, `14:30`, `off`. */
  readonly until: string;
}

/** A person's quiet hours; undefined for who is not connected. */
export interface QuietAnswer {
  /** As after `/msteams quiet`; empty for none. */
  readonly quiet?: { readonly hours: string };
}

export interface QuietChoosing {
  /** As after `/msteams quiet`; empty for none. */
  readonly hours: string;
}

/** Where the bot is to answer; `rootId` names the thread, and is empty outside of one. */
export interface Place {
  readonly channelId: string;
  readonly rootId: string;
}

export interface ConnectAnswer {
  /** Absolute address of the page that starts the sign-in; valid once, for ten minutes. */
  readonly url: string;
}

/** Body of every answer with a 4xx or 5xx status. */
export interface ErrorAnswer {
  /** For the person: what happened and what to do. */
  readonly message: string;
}
