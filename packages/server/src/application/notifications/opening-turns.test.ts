import { expect, test } from "bun:test";
import { OpeningTurns, openedAtOnce } from "./opening-turns.ts";

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test("so many have their turn at once, and whoever came first is next", async () => {
  const turns = new OpeningTurns();
  const begun: number[] = [];
  const taken = Array.from({ length: openedAtOnce + 2 }, async (_, number) => {
    const turn = await turns.take();
    begun.push(number);
    return turn;
  });
  await settled();
  expect(begun).toHaveLength(openedAtOnce);
  (await taken[0])?.[Symbol.dispose]();
  await settled();
  expect(begun.slice(openedAtOnce)).toEqual([openedAtOnce]);
  (await taken[1])?.[Symbol.dispose]();
  await settled();
  expect(begun.slice(openedAtOnce)).toEqual([openedAtOnce, openedAtOnce + 1]);
});

test("turns that ended with nobody waiting are there again", async () => {
  const turns = new OpeningTurns();
  for (let number = 0; number < 3 * openedAtOnce; number += 1) (await turns.take())[Symbol.dispose]();
  expect(await turns.take()).toBeDefined();
});
