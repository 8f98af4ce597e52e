import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Installation, openInstallation } from "./installation.ts";
import { runTrial } from "./trial.ts";
import { trials } from "./trials/index.ts";

/** Pool and lock session of each of the three nodes. */
const mostConnections = 3 * 9;

let installation: Installation;
beforeAll(async () => {
  installation = await openInstallation({ nodes: 3, readers: 12, seed: 7 });
}, 60_000);
afterAll(() => installation[Symbol.asyncDispose]());

for (const trial of trials) {
  test(`nothing is lost or repeated with ${trial.fault.short}`, async () => {
    const { footprint, misplaced, ...result } = await runTrial(trial, installation, "short");
    expect(result).toMatchObject({ lost: 0, repeated: 0, unexpected: 0, stale: 0 });
    expect(result.expected).toBeGreaterThan(0);
    if (trial.keepsOrder) expect(misplaced).toBe(0);
    expect(footprint.connections).toBeLessThanOrEqual(mostConnections);
  }, 240_000);
}
