import type { ReaderHistory } from "../../domain/delivery-policy.ts";
import type { DeliveryKey } from "../deliveries/delivery-log.ts";

/** What was noticed of a person since, asked for when a message is decided about late. */
export interface ReaderHistories {
  of(userId: string, chatId: string): Promise<ReaderHistory>;
}

/** The files in Mattermost that were made of what a message brought. */
export interface FilesOfMessages {
  /** Their ids. */
  filesOf(delivery: DeliveryKey): Promise<readonly string[]>;
  /** Nothing was made of what the message brought, as far as is known afterwards. */
  forget(delivery: DeliveryKey): Promise<void>;
}

/** Remembers when connected people turned their notifications on and off. */
export interface NotificationSwitches {
  /** The switch stands like this at `nowMs`; a repetition keeps the time of the change. */
  noteSwitch(userId: string, isOn: boolean, nowMs: number): Promise<void>;
}
