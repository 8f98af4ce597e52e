/** Tells the person's open web apps that their connection changed. Best effort: never throws. */
export interface ConnectionEvents {
  connectionChanged(userId: string): Promise<void>;
}
