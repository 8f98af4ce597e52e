/** Unguessable identifiers. */
export interface Randomness {
  /** `bytes` random bytes in base64url. */
  token(bytes: number): string;
  /** A Mattermost id: 26 characters of its base-32 alphabet. */
  mattermostId(): string;
}
