/** Where a bearer token comes from. `renew` is told which token Graph refused, so that one refusal renews once. */
export interface AccessTokens {
  /** One that lives for `lifeMs` more if such are given, five minutes unless given. */
  current(lifeMs?: number): Promise<string>;
  renew(refused: string): Promise<string>;
}
