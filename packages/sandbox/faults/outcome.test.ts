import { expect, test } from "bun:test";
import { type Concluded, conclusion } from "./outcome.ts";
import type { Verdict } from "./verdict.ts";

const clean: Verdict = { expected: 9, lost: 0, repeated: 0, unexpected: 0, misplaced: 0, stale: 0 };

function measured(name: string, fault: Partial<Verdict> = {}, keepsOrder = true): Concluded {
  const footprint = { connections: 1, largestMegabytes: undefined };
  return {
    name,
    keepsOrder,
    outcome: { kind: "measured", result: { ...clean, ...fault, footprint, seconds: 1 } },
  };
}

const undecided: Concluded = {
  name: "Lost node",
  keepsOrder: true,
  outcome: { kind: "undecided", reason: "Its process ended: SIGKILL." },
};

test("the promise held when every trial was measured and nothing was wrong", () => {
  expect(conclusion([measured("One"), measured("Other", { misplaced: 3 }, false)])).toEqual({
    isKept: true,
    lines: ["The promise held."],
  });
});

test.each(["lost", "repeated", "unexpected", "misplaced", "stale"] as const)(
  "it is broken by what is %s",
  (fault) => {
    expect(conclusion([measured("One"), measured("Other", { [fault]: 1 })])).toEqual({
      isKept: false,
      lines: ["Broken: Other."],
    });
  },
);

test("a trial without an outcome leaves it undecided, whatever the others say", () => {
  const reason = "No verdict on Lost node: Its process ended: SIGKILL.";
  expect(conclusion([measured("One"), undecided])).toEqual({
    isKept: false,
    lines: [reason, "Undecided: where there is a verdict, the promise held."],
  });
  expect(conclusion([measured("One", { lost: 2 }), undecided])).toEqual({
    isKept: false,
    lines: [reason, "Broken: One."],
  });
});

test("nothing tried is nothing kept", () => {
  expect(conclusion([]).isKept).toBe(false);
});
