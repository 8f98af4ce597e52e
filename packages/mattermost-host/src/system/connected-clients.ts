/** How many websocket clients each person has on all nodes together; their status follows from it. */
export class ConnectedClients {
  readonly #counts = new Map<string, number>();

  enter(userId: string): void {
    this.#counts.set(userId, this.of(userId) + 1);
  }

  leave(userId: string): void {
    const left = this.of(userId) - 1;
    if (left > 0) this.#counts.set(userId, left);
    else this.#counts.delete(userId);
  }

  of(userId: string): number {
    return this.#counts.get(userId) ?? 0;
  }
}
