/** Work besides the main one, which is to be finished before the end. */
export class Errands {
  readonly #underWay = new Set<Promise<void>>();

  /** Whoever awaits the errand hears of its failure; the end does not mind. */
  track<Result>(errand: Promise<Result>): Promise<Result> {
    const tracked: Promise<void> = errand
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
    return errand;
  }

  /** Resolves when nothing is under way. One errand may lead to another. */
  async finished(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }
}
