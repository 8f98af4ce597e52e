/** Who sends an example where; `reader` is the first other member of the chat. */
export interface Scene {
  readonly chatId: string;
  readonly sender: Member;
  readonly reader: Member;
}

export interface Member {
  readonly id: string;
  readonly displayName: string;
}

/** What the tenant's control interface takes for a new message; without `from` the scene's sender writes it. */
export interface Said {
  readonly from?: unknown;
  readonly html: string;
  readonly subject?: string;
  readonly importance?: "high" | "urgent";
  readonly mentions?: readonly unknown[];
  readonly attachments?: readonly unknown[];
  readonly hostedContents?: readonly unknown[];
  readonly files?: readonly unknown[];
  /** Pictures within the text by the address at which this page's server has them. */
  readonly pictures?: readonly { readonly id: string; readonly address: string }[];
}

/** What is done in Teams, in order. `edit` and `delete` change the message before, once it has reached its reader. */
export type Act =
  | ({ readonly kind: "send" } & Said)
  /** Quotes what the reader has written before. */
  | { readonly kind: "reply"; readonly to: string; readonly html: string }
  | { readonly kind: "edit"; readonly html: string }
  | { readonly kind: "delete" };

/** A kind of message that can be sent from the page, to see what becomes of it. */
export interface Example {
  /** Names its picture in docs/images/messages. */
  readonly kind: string;
  /** Its line in the menu. */
  readonly label: string;
  /** Where such messages are found; without, the chat that is open. */
  readonly place?: "group" | "meeting";
  /** What the reader has to choose before such a message arrives like this. */
  readonly needs?: string;
  /** Words of the post that it ends as. */
  readonly shows: string;
  acts(scene: Scene): readonly Act[];
}

export interface ExampleGroup {
  readonly title: string;
  readonly examples: readonly Example[];
}

/** Sends one message. */
export function says(said: Said): () => readonly Act[] {
  return () => [{ kind: "send", ...said }];
}
