/** Times in which notifications may have been lost, to be read again. `owner` is a person's id or `tenant`. */
export interface ResyncRequests {
  /** An earlier `sinceMs` of the same owner stays. */
  note(owner: string, sinceMs: number): Promise<void>;
}
