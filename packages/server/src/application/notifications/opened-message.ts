import type { MessageFacts } from "./message-rules.ts";

/** What an entry's content was found to be when it came; never stored. */
export interface OpenedMessage<Message> {
  readonly message: Message;
  readonly facts: MessageFacts;
  readonly openedAtMs: number;
}
