/** What people are called in Mattermost. */
export interface MattermostNames {
  /**
   * First and last name where somebody gave them, otherwise the nickname or the name behind the @; users who do not exist
   * are left out. Throws `MattermostError`.
   */
  namesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
