import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { FailureWindow, failuresUntilStopped, failureWindowMs } from "./failure-window.ts";

const outcomes = (...times: readonly number[]) => {
  const window = new FailureWindow();
  return times.map((time) => window.failed(time));
};

describe("a plugin that fails its health checks", () => {
  test("is started again twice and stopped at the third time within an hour", () => {
    expect(outcomes(0, 1_000, failureWindowMs)).toEqual(["restart", "restart", "stop"]);
  });

  test("is started again when the third time comes later", () => {
    expect(outcomes(0, 1_000, failureWindowMs + 1)).toEqual(["restart", "restart", "restart"]);
  });

  test("is measured by its three latest failures", () => {
    const hour = failureWindowMs;
    expect(outcomes(0, hour, 2 * hour, 2 * hour + 1)).toEqual(["restart", "restart", "restart", "restart"]);
    expect(outcomes(0, hour, 2 * hour, 2 * hour)).toEqual(["restart", "restart", "restart", "stop"]);
  });

  test("begins anew once it was stopped", () => {
    expect(outcomes(0, 1, 2, 3, 4, 5).filter((outcome) => outcome === "stop")).toHaveLength(2);
    expect(outcomes(0, 1, 2, 3)).toEqual(["restart", "restart", "stop", "restart"]);
  });

  test("is stopped exactly when three failures since the last stop lie within an hour", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(failureWindowMs), { maxLength: 30 }), (pauses) => {
        let now = 0;
        let recent: number[] = [];
        const window = new FailureWindow();
        for (const pause of pauses) {
          now += pause;
          recent = [...recent, now].filter((time) => now - time <= failureWindowMs);
          const expected = recent.length >= failuresUntilStopped ? "stop" : "restart";
          expect(window.failed(now)).toBe(expected);
          if (expected === "stop") recent = [];
        }
      }),
    );
  });
});
