// Loaded before the tests (bunfig.toml). Properties draw the same values in each run, so that a change fails for what it
// does and not by chance. PROPERTY_RUNS looks further, with values of its own: PROPERTY_RUNS=200000 npx bun test <file>.
import fc from "fast-check";

const { PROPERTY_RUNS: runs } = process.env;
fc.configureGlobal(
  runs === undefined
    ? { seed: 20_251_124 }
    : // As long as it takes: looking far is for the patient.
      { numRuns: Number(runs) },
);
