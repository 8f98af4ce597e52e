import type { Sightings } from "../catch-up/catch-up-ports.ts";
import type { MessageFacts } from "./message-rules.ts";

export interface NotedActsParts {
  /** Whether any message is held, as far as is known. */
  readonly isAnyHeld: () => boolean;
  readonly sightings: Pick<Sightings, "noteActs">;
}

/** Takes that a person wrote a message. */
export type NoteAct = (userId: string, facts: Pick<MessageFacts, "chatId" | "sentAtMs">) => void;

/**
 * Notes that people wrote in their chats while messages are held, because it tells what they have seen there. While none
 * is, nobody will ask. What cannot be noted may bring a message too many.
 */
export function notedActs({ isAnyHeld, sightings }: NotedActsParts): NoteAct {
  return (userId, { chatId, sentAtMs }) => {
    if (!isAnyHeld()) return;
    void sightings.noteActs(userId, new Map([[chatId, sentAtMs]])).catch(() => undefined);
  };
}
