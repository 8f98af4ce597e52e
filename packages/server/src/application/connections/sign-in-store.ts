/** A sign-in under way. Lives ten minutes and is used once. */
export interface PendingSignIn {
  /** SHA-256 (hex) of the `state` parameter: the database never holds what could be replayed. */
  readonly stateHash: string;
  readonly userId: string;
  /** SHA-256 (hex) of the cookie that binds it to one browser; absent until the link is opened. */
  readonly browserHash: string | undefined;
  readonly nonce: string;
  /** PKCE verifier, encrypted at rest. */
  readonly codeVerifier: string;
  /** Where `/msteams connect` was typed, and its ephemeral post, to be replaced when done; absent when the web app asked. */
  readonly channelId: string | undefined;
  readonly rootId: string | undefined;
  readonly ephemeralPostId: string | undefined;
  readonly expiresAtMs: number;
}

export interface SignInStore {
  put(signIn: PendingSignIn): Promise<void>;
  get(stateHash: string): Promise<PendingSignIn | undefined>;
  /** Binds the link to the browser that opened it; false when it is gone. A second browser may take over until the sign-in is used. */
  bind(stateHash: string, browserHash: string): Promise<boolean>;
  /** Removes and returns it, for one caller only however many nodes ask. */
  take(stateHash: string): Promise<PendingSignIn | undefined>;
  removeExpired(nowMs: number): Promise<number>;
}
