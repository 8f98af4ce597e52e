/** Where a bearer token comes from. `renew` is told which token Graph refused, so that one refusal renews once. */
export interface AccessTokens {
  current(): Promise<string>;
  renew(refused: string): Promise<string>;
}
