/** Where a bearer token comes from. `renew` is told which token Graph refused, so that one refusal renews once. */
export interface AccessTokens {
  /** At least `lifeMs` of its life are left where such tokens are given; five minutes unless said. */
  current(lifeMs?: number): Promise<string>;
  renew(refused: string): Promise<string>;
}
