/** Where a person reads what the bot writes to them. */
export interface BotConversation {
  /**
   * The path of their direct channel with the bot in Mattermost's web app, below the site's address; undefined for who is
   * in no team, as channels are shown within one. Throws {@link MattermostError} on failure.
   */
  pathFor(userId: string): Promise<string | undefined>;
}
