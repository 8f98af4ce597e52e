/** Something that is due at a time; what was added first goes first at the same time. */
export interface Due {
  readonly dueMs: number;
  readonly order: number;
}

/** Things by when they are due, however many thousands: a binary heap, in which what was removed stays until it would be next. */
export class DueQueue<Item extends Due> {
  readonly #live = new Set<Item>();
  #heap: Item[] = [];

  get size(): number {
    return this.#live.size;
  }

  add(item: Item): void {
    this.#live.add(item);
    this.#heap.push(item);
    this.#rise(this.#heap.length - 1);
  }

  /** False when it is not there. */
  delete(item: Item): boolean {
    const wasThere = this.#live.delete(item);
    // Most are removed long before they are due, as expiries of what is renewed.
    if (this.#heap.length > 2 * this.#live.size + minimumBeforeClearing) {
      this.#heap = [...this.#live].sort(byDue);
    }
    return wasThere;
  }

  next(): Item | undefined {
    for (let [first] = this.#heap; first !== undefined; [first] = this.#heap) {
      if (this.#live.has(first)) return first;
      this.#removeFirst();
    }
    return undefined;
  }

  clear(): void {
    this.#live.clear();
    this.#heap = [];
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink();
  }

  #rise(from: number): void {
    for (let at = from; at > 0; ) {
      const above = (at - 1) >> 1;
      if (!this.#swapUnlessOrdered(above, at)) return;
      at = above;
    }
  }

  #sink(): void {
    for (let at = 0; ; ) {
      const [left, right] = [this.#heap[2 * at + 1], this.#heap[2 * at + 2]];
      if (left === undefined) return;
      const below = right === undefined || byDue(left, right) < 0 ? 2 * at + 1 : 2 * at + 2;
      if (!this.#swapUnlessOrdered(at, below)) return;
      at = below;
    }
  }

  #swapUnlessOrdered(above: number, below: number): boolean {
    const [one, other] = [this.#heap[above], this.#heap[below]];
    if (one === undefined || other === undefined || byDue(one, other) < 0) return false;
    this.#heap[above] = other;
    this.#heap[below] = one;
    return true;
  }
}

const minimumBeforeClearing = 64;

function byDue(one: Due, other: Due): number {
  return one.dueMs - other.dueMs || one.order - other.order;
}
