/** A chat of people who are connected and Away in Teams, and the colleague who writes to them. */
export interface Reader {
  readonly chatId: string;
  readonly colleagueId: string;
  /** How many of its members each message is posted for. */
  readonly people: number;
}
