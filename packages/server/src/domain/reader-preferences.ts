/** How one person wants to be told of Teams messages. */
export interface ReaderPreferences {
  /** Whether anything arrives at all. */
  readonly notificationsOn: boolean;
  /** Whether what bots and apps write in Teams arrives as well. */
  readonly bots: boolean;
  /** `flat`: each message is a post in the bot's direct channel. `chats`: the messages of one chat are replies in one thread. */
  readonly threads: "flat" | "chats";
  /** Whether messages that one chat brings within some seconds share a post. */
  readonly together: boolean;
}

/** Of whoever never chose. */
export const defaultPreferences: ReaderPreferences = {
  notificationsOn: true,
  bots: false,
  threads: "flat",
  together: false,
};

/** Of someone who wants whatever there is. */
export const mostWelcoming: ReaderPreferences = { ...defaultPreferences, notificationsOn: true, bots: true };

/** Whether the preferences are already as `changes` would make them. */
export function holds(preferences: ReaderPreferences, changes: Partial<ReaderPreferences>): boolean {
  const changed = { ...preferences, ...changes };
  return (
    changed.notificationsOn === preferences.notificationsOn &&
    changed.bots === preferences.bots &&
    changed.threads === preferences.threads &&
    changed.together === preferences.together
  );
}
