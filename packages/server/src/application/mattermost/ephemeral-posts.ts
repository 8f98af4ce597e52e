/** An ephemeral post of the bot: seen by one person, never stored. */
export interface EphemeralPosts {
  send(
    userId: string,
    place: EphemeralPlace,
    post: { readonly id: string; readonly message: string },
  ): Promise<void>;
  update(
    userId: string,
    place: EphemeralPlace,
    post: { readonly id: string; readonly message: string },
  ): Promise<void>;
}

/** Where a command was typed, and so where its answer is looked for; `rootId` names the thread, if it was one. */
export interface EphemeralPlace {
  readonly channelId: string;
  readonly rootId: string | undefined;
}
