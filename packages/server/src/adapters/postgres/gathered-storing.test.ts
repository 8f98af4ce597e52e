import { expect, test } from "bun:test";
import { GatheredStoring } from "./gathered-storing.ts";

const entries = (...dedupeKeys: readonly string[]) => dedupeKeys.map((dedupeKey) => ({ dedupeKey }));

/** A store that answers when told to. */
function storing(refused: (keys: readonly string[]) => boolean = () => false) {
  const known = new Set<string>();
  const statements: (readonly string[])[] = [];
  const held: (() => void)[] = [];
  const gathered = new GatheredStoring<{ dedupeKey: string }>(async (given) => {
    const keys = given.map(({ dedupeKey }) => dedupeKey);
    statements.push(keys);
    await new Promise<void>((resolve) => held.push(resolve));
    if (refused(keys)) throw new Error("refused");
    const fresh = new Set(keys.filter((key) => !known.has(key)));
    for (const key of fresh) known.add(key);
    return fresh;
  });
  /** Lets one statement after another end until none is left. */
  const end = async () => {
    for (let next = held.shift(); next !== undefined; next = held.shift()) {
      next();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { gathered, statements, end };
}

test("a single request is stored at once; what comes during statements shares the next", async () => {
  const { gathered, statements, end } = storing();
  const stored = ["a", "b", "c", "d", "e"].map((key) => gathered.store(entries(key)));
  expect(statements).toEqual([["a"], ["b"]]);
  await end();
  expect(await Promise.all(stored)).toEqual([1, 1, 1, 1, 1]);
  expect(statements).toEqual([["a"], ["b"], ["c", "d", "e"]]);
});

test("of requests that bring the same entry one brought it first", async () => {
  const { gathered, end } = storing();
  const stored = [["a"], ["b"], ["c", "d"], ["d", "e"], ["a"]].map((keys) =>
    gathered.store(entries(...keys)),
  );
  await end();
  expect(await Promise.all(stored)).toEqual([1, 1, 2, 1, 0]);
});

test("an entry that is refused fails its own request only", async () => {
  const { gathered, end } = storing((keys) => keys.includes("bad"));
  const stored = ["a", "b", "c", "bad", "d"].map((key) => gathered.store(entries(key)));
  const ended = Promise.allSettled(stored);
  await end();
  expect((await ended).map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
});

test("statements stay short however much waits, and a long request is not cut", async () => {
  const { gathered, statements, end } = storing();
  const many = (name: string, count: number) =>
    entries(...Array.from({ length: count }, (_, number) => `${name}${number}`));
  const requests = [many("a", 1), many("b", 1), many("c", 300), many("d", 300), many("e", 900), many("f", 2)];
  const stored = requests.map((request) => gathered.store(request));
  await end();
  expect(await Promise.all(stored)).toEqual([1, 1, 300, 300, 900, 2]);
  expect(statements.map(({ length }) => length)).toEqual([1, 1, 300, 300, 900, 2]);
});

test("nothing to store is stored already", async () => {
  const { gathered, statements } = storing();
  expect(await gathered.store([])).toBe(0);
  expect(statements).toEqual([]);
});
