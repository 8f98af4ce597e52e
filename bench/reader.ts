/** A connected person who is Away in Teams, or a group of such, and the colleague who writes to them. */
export interface Reader {
  readonly chatId: string;
  readonly colleagueId: string;
}
