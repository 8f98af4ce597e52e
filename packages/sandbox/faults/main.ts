import { openInstallation } from "./installation.ts";
import { runTrial } from "./trial.ts";
import { trials } from "./trials/index.ts";

const chosen = process.argv.slice(2);
await using installation = await openInstallation({ nodes: 3, readers: 16, seed: 7 });
for (const trial of trials) {
  if (chosen.length > 0 && !chosen.includes(trial.name)) continue;
  const result = await runTrial(trial, installation, "short");
  console.log({ ...result, trial: trial.name });
}
