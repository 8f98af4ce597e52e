import { expect, test } from "bun:test";
import { Gatherer } from "./gatherer.ts";
import { PostgresError } from "./postgres-error.ts";

/** Statements that answer when told to, in capitals. */
function gathering(
  refused: (items: readonly string[]) => boolean = () => false,
  error: Error = new Error("refused"),
) {
  const statements: (readonly string[])[] = [];
  const held: (() => void)[] = [];
  const gathered = new Gatherer<string, string>(async (items) => {
    statements.push(items);
    await new Promise<void>((resolve) => held.push(resolve));
    if (refused(items)) throw error;
    return items.map((item) => item.toUpperCase());
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

test("what comes alone waits for nobody; what comes during two statements shares the next", async () => {
  const { gathered, statements, end } = gathering();
  const answers = [["a"], ["b"], ["c", "d"], ["e"]].map((items) => gathered.add(items));
  expect(statements).toEqual([["a"], ["b"]]);
  await end();
  expect(await Promise.all(answers)).toEqual([["A"], ["B"], ["C", "D"], ["E"]]);
  expect(statements).toEqual([["a"], ["b"], ["c", "d", "e"]]);
});

test("what is refused fails for whoever wanted it only", async () => {
  const { gathered, end } = gathering((items) => items.includes("bad"));
  const answers = Promise.allSettled(["a", "b", "c", "bad", "d"].map((item) => gathered.add([item])));
  await end();
  expect((await answers).map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
});

test("a database that is away is asked once for all, not for each", async () => {
  const away = new PostgresError("unreachable", "away");
  const { gathered, statements, end } = gathering(() => true, away);
  const answers = Promise.allSettled(["a", "b", "c", "d", "e"].map((item) => gathered.add([item])));
  await end();
  expect((await answers).map((answer) => answer.status === "rejected" && answer.reason)).toEqual(
    Array.from({ length: 5 }, () => away),
  );
  expect(statements).toEqual([["a"], ["b"], ["c", "d", "e"]]);
});

test("statements stay short however much waits, and what is wanted together is not cut", async () => {
  const { gathered, statements, end } = gathering();
  const lengths = [1, 1, 300, 300, 900, 2];
  const answers = lengths.map((length) => gathered.add(Array.from({ length }, (_, index) => `i${index}`)));
  await end();
  expect((await Promise.all(answers)).map(({ length }) => length)).toEqual(lengths);
  expect(statements.map(({ length }) => length)).toEqual(lengths);
});

test("nothing needs no statement", async () => {
  const { gathered, statements } = gathering();
  expect(await gathered.add([])).toEqual([]);
  expect(statements).toEqual([]);
});
