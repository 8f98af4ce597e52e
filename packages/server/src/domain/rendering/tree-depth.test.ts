import { describe, expect, test } from "bun:test";
import { isTooDeep } from "./tree-depth.ts";

interface Nested {
  readonly type: string;
  readonly children: readonly Nested[];
}

const nested = (depth: number): Nested => {
  let tree: Nested = { type: "leaf", children: [] };
  for (let level = 0; level < depth; level += 1) tree = { type: "node", children: [tree] };
  return tree;
};

describe("a tree", () => {
  test.each([
    [0, false],
    [100, false],
    [101, true],
    [100_000, true],
  ])("of %p levels is too deep: %p", (depth, isDeep) => {
    expect(isTooDeep(nested(depth))).toBe(isDeep);
  });

  test("of many leaves is not deep", () => {
    expect(
      isTooDeep({ type: "root", children: Array.from({ length: 50_000 }, () => ({ type: "text" })) }),
    ).toBe(false);
  });
});
