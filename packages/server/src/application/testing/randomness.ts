import type { Randomness } from "../randomness.ts";

export class CountingRandomness implements Randomness {
  #count = 0;
  token(bytes: number): string {
    this.#count += 1;
    return `token-${this.#count}`.padEnd(Math.ceil((bytes * 4) / 3), "x");
  }
  mattermostId(): string {
    this.#count += 1;
    return `id${this.#count}`.padEnd(26, "0");
  }
}
