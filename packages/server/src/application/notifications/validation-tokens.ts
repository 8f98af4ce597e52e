export interface ValidationTokens {
  /**
   * Resolves when every token is Microsoft's, for this application and each of `tenantIds`. Throws {@link PermanentFailure}
   * when one is not; anything else means that it could not be checked now.
   */
  verify(tokens: readonly string[], tenantIds: readonly string[]): Promise<void>;
}
