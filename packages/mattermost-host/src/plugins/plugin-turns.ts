/** One piece of work at a time for each plugin: nothing starts while its predecessor is still being stopped. */
export class PluginTurns {
  readonly #current = new Map<string, Promise<unknown>>();

  /** Whether somebody is at work. A plugin that saves its configuration while it starts must not wait for itself. */
  busy(pluginId: string): boolean {
    return this.#current.has(pluginId);
  }

  /** Runs `work` when all that came before has ended, whether well or not. */
  async run<T>(pluginId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#current.get(pluginId);
    const own = (before ?? Promise.resolve()).then(work);
    const ended = own.catch(() => undefined);
    this.#current.set(pluginId, ended);
    try {
      return await own;
    } finally {
      if (this.#current.get(pluginId) === ended) this.#current.delete(pluginId);
    }
  }

  /** Resolves when nobody is at work. */
  async idle(): Promise<void> {
    while (this.#current.size > 0) await Promise.all(this.#current.values());
  }
}
