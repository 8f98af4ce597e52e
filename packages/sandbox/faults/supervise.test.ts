import { expect, test } from "bun:test";
import { fileURLToPath } from "node:url";
import { supervise } from "./supervise.ts";

const script = fileURLToPath(new URL("./testing/ending-run.ts", import.meta.url));

function outcomesOf(names: readonly string[], { limitMs = 20_000, from = script } = {}) {
  return supervise({ script: from, args: ["--short"], names, limitMs, onBegun: () => {} });
}

test.each([
  ["throws", "exit code 1"],
  ["crashes", "SIGKILL"],
  ["leaves", "exit code 0"],
  ["tells why", "the database is gone"],
])(
  "a run that %s leaves that trial undecided, and every other has its outcome",
  async (way, reason) => {
    const outcomes = await outcomesOf(["before", way, "after", "last"]);
    expect([...outcomes].map(([name, { kind }]) => `${name}: ${kind}`)).toEqual([
      "before: measured",
      `${way}: undecided`,
      "after: measured",
      "last: measured",
    ]);
    expect(outcomes.get(way)).toMatchObject({ reason: expect.stringContaining(reason) });
  },
  30_000,
);

test("a run of which nothing is heard is ended", async () => {
  const outcomes = await outcomesOf(["is silent", "after"], { limitMs: 3_000 });
  expect(outcomes.get("is silent")).toEqual({
    kind: "undecided",
    reason: "Nothing was heard of it for 3 s.",
  });
  expect(outcomes.get("after")?.kind).toBe("measured");
}, 30_000);

test("where no run can even begin, each trial is undecided", async () => {
  const outcomes = await outcomesOf(["one", "other"], { from: "/nowhere/run.ts" });
  expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(["undecided", "undecided"]);
}, 30_000);
