import { expect, test } from "bun:test";
import fc from "fast-check";
import { DueQueue } from "./due-queue.ts";

const acts = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ add: fc.integer({ min: 0, max: 50 }) }) },
    { weight: 2, arbitrary: fc.record({ remove: fc.nat(300) }) },
    { weight: 1, arbitrary: fc.constant("take" as const) },
  ),
  { maxLength: 600 },
);

test("whatever is added and removed, the next is the one that is due first, and of those the eldest", () => {
  fc.assert(
    fc.property(acts, (all) => {
      const queue = new DueQueue<{ dueMs: number; order: number }>();
      const added: { dueMs: number; order: number }[] = [];
      let plain: { dueMs: number; order: number }[] = [];
      const remove = (item: { dueMs: number; order: number } | undefined) => {
        if (item === undefined) return;
        expect(queue.delete(item)).toBe(plain.includes(item));
        plain = plain.filter((each) => each !== item);
      };
      for (const act of all) {
        if (act === "take") remove(queue.next());
        else if ("remove" in act) remove(added[act.remove]);
        else {
          const item = { dueMs: act.add, order: added.length };
          added.push(item);
          plain.push(item);
          queue.add(item);
        }
        const [first] = plain.toSorted((one, other) => one.dueMs - other.dueMs || one.order - other.order);
        expect([queue.next(), queue.size]).toEqual([first, plain.length]);
      }
    }),
  );
});
