/** One person of Mattermost and their one Teams account. Both ids are keys: neither side is connected twice. */
export interface Connection {
  /** The Mattermost user. */
  readonly userId: string;
  /** Entra tenant, lower case. Together with {@link teamsUserId} it names the account for ever; addresses do not. */
  readonly tenantId: string;
  /** The Entra object id, lower case; equals the user id in Graph. */
  readonly teamsUserId: string;
  /** What the person knows the account by. For display only. */
  readonly teamsAccount: string;
  readonly connectedAtMs: number;
}
