import { expect, test } from "bun:test";
import { AtOnce } from "./at-once.ts";

test("so many works run at once, the next begins as one ends, also by failing, and in order", async () => {
  const atOnce = new AtOnce(2);
  const began: number[] = [];
  const ends = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  const results = ends.map(({ promise }, number) =>
    atOnce
      .run(async () => {
        began.push(number);
        await promise;
        return number;
      })
      .catch(() => "failed"),
  );
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  await settle();
  expect(began).toEqual([0, 1]);
  ends[1]?.reject(new Error("no"));
  await settle();
  expect(began).toEqual([0, 1, 2]);
  ends[0]?.resolve();
  ends[2]?.resolve();
  await settle();
  expect(began).toEqual([0, 1, 2, 3, 4]);
  for (const end of ends) end.resolve();
  expect(await Promise.all(results)).toEqual([0, "failed", 2, 3, 4]);
  await atOnce.run(async () => began.push(5));
  expect(began).toContain(5);
});
