/** Counts how often the grants of a person or an app were revoked; a grant is alive while the count it remembers still holds. */
export class Revocations {
  readonly #counts = new Map<string, number>();

  /** All refresh and access tokens given out for that person (or app) so far are void. */
  revoke(subjectId: string): void {
    this.#counts.set(subjectId, this.generation(subjectId) + 1);
  }

  generation(subjectId: string): number {
    return this.#counts.get(subjectId) ?? 0;
  }
}
