import type { ReaderHistory } from "../../domain/delivery-policy.ts";

/** What was noticed of a person since, asked for when a message is decided about late. */
export interface ReaderHistories {
  of(userId: string, chatId: string): Promise<ReaderHistory>;
}

/** Remembers when connected people turned their notifications on and off. */
export interface NotificationSwitches {
  /** The switch stands like this at `nowMs`; a repetition keeps the time of the change. */
  noteSwitch(userId: string, isOn: boolean, nowMs: number): Promise<void>;
}
