/** Posts of the bot that one person sees and nobody stores. All throw {@link MattermostError}. */
export interface EphemeralPosts {
  send(userId: string, place: EphemeralPlace, post: EphemeralPost): Promise<void>;
  /** Replaces one that is shown. */
  update(userId: string, place: EphemeralPlace, post: EphemeralPost): Promise<void>;
}

export interface EphemeralPost extends Reply {
  readonly id: string;
}

/** What the bot says, Markdown, and below it parts with buttons. */
export interface Reply {
  readonly message: string;
  readonly parts?: readonly ReplyPart[];
}

export interface ReplyPart {
  readonly text: string;
  readonly buttons: readonly Button[];
}

/** A button in a post; whoever presses it brings `press` back, which they could also have made up. */
export interface Button {
  readonly label: string;
  readonly press: Readonly<Record<string, string>>;
}

/** Where a command was typed, and so where its answer is looked for; `rootId` names the thread, if it was one. */
export interface EphemeralPlace {
  readonly channelId: string;
  readonly rootId: string | undefined;
}
