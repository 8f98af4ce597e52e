/** One line of the list above the message box, with Mattermost's capitalised names. */
export interface Suggestion {
  readonly Complete: string;
  readonly Suggestion: string;
  readonly Hint: string;
  readonly Description: string;
  readonly IconData: string;
}
