/** Some hundred bytes each. Most changes of a message come within its first minutes. */
const maxMessages = 5_000;

/**
 * Messages that were left out because they can never be delivered: what changes them need not be looked at. In memory alone: where
 * one is not known any more, the change is looked at and does nothing.
 */
export class LeftOut {
  readonly #messages = new Set<string>();

  add(message: string): void {
    this.#messages.add(message);
    const [oldest] = this.#messages;
    if (this.#messages.size > maxMessages && oldest !== undefined) this.#messages.delete(oldest);
  }

  has(message: string): boolean {
    return this.#messages.has(message);
  }
}
