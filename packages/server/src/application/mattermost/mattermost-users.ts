export interface MattermostUser {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly locale: string;
  /** As their profile says, which may be no zone at all, or none. */
  readonly timeZone: string | undefined;
  readonly isBot: boolean;
  readonly isSystemAdmin: boolean;
  readonly isActive: boolean;
}

export interface MattermostUsers {
  get(userId: string): Promise<MattermostUser | undefined>;
  /** By the name behind the @. */
  byUsername(username: string): Promise<MattermostUser | undefined>;
  /** Those of a few hundred users whose account is deactivated or does not exist any more. */
  departed(userIds: readonly string[]): Promise<readonly string[]>;
}
