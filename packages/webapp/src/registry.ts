/** The part of Mattermost's web app plugin interface that this plugin uses (web app plugin facts, sections 5 and 6). */

export interface RadioSetting {
  readonly type: "radio";
  /** Name of the preference, at most 32 bytes. */
  readonly name: string;
  readonly title: string;
  readonly helpText: string;
  readonly default: string;
  readonly options: readonly { readonly value: string; readonly text: string; readonly helpText?: string }[];
}

export type SettingsSection = ChoiceSection | ComponentSection;

export interface ChoiceSection {
  readonly title: string;
  readonly settings: readonly RadioSetting[];
  readonly disabled?: boolean;
}

/** Drawn by a component of ours, which gets nothing and is never told to save. */
export interface ComponentSection {
  readonly title: string;
  /** A function component of Mattermost's own React. */
  readonly component: () => unknown;
}

/** A call to action above the sections. */
export interface SettingsAction {
  readonly title: string;
  readonly text: string;
  readonly buttonText: string;
  onClick(): void;
}

export interface UserSettings {
  /** Replaced by Mattermost with the plugin's id. */
  readonly id: string;
  readonly uiName: string;
  readonly icon?: string;
  readonly action?: SettingsAction;
  readonly sections: readonly SettingsSection[];
}

/** What is drawn of a post in the store. */
export interface StoredPost {
  readonly channel_id: string;
  /** Empty for a post that answers none. */
  readonly root_id: string;
  readonly props?: Readonly<Record<string, unknown>>;
}

export interface PluginRegistry {
  /** An entry of the menu "…" of posts for which `filter` holds. The answer is for {@link unregisterComponent}. */
  registerPostDropdownMenuAction?(
    text: string,
    action: (postId: string) => void,
    filter: (postId: string) => boolean,
  ): string;
  unregisterComponent?(id: string): void;
  /** Absent before Mattermost 9.4. Registering again replaces the former page. */
  registerUserSettings?(settings: UserSettings): void;
  registerWebSocketEventHandler(event: string, handler: (message: unknown) => void): void;
  unregisterWebSocketEventHandler?(event: string): void;
  registerReconnectHandler(handler: () => void): void;
  unregisterReconnectHandler?(): void;
}

/** The part of Mattermost's Redux store that this plugin reads. */
export interface Store {
  getState(): {
    readonly entities: {
      readonly users: { /** Empty while nobody is signed in. */ readonly currentUserId: string };
      readonly posts: { readonly posts: Readonly<Record<string, StoredPost | undefined>> };
    };
  };
  /** Calls after every action, whatever it changed; the answer ends that. */
  subscribe(listener: () => void): () => void;
}

/** What Mattermost calls after the bundle registered itself. */
export interface WebappPlugin {
  /** Also on the sign-in page, where nobody is there yet, and more than once; whoever signs in later is seen in `store` alone. */
  initialize(registry: PluginRegistry, store: Store): void;
  uninitialize(): void;
}
