// `npm run check`: everything that can be said about the code without running the product.
import { join } from "node:path";
import { bunExecutable, ensureInstalled, root, run } from "./toolchain.mjs";

ensureInstalled();
const bun = bunExecutable();
const bin = (name) => join(root, "node_modules", ".bin", name);

const checks = [
  ["format and lint", bin("biome"), ["ci", "."]],
  ["types", bin("tsc"), ["-p", "tsconfig.json"]],
  ["types without the runtime's own", bin("tsc"), ["-p", "tsconfig.portable.json"]],
  ["unused code", bin("knip"), []],
  ["architecture", bun, ["test", "./scripts/architecture.test.ts"]],
  ["generated files", bun, ["scripts/generate.ts", "--check"]],
];

const failed = [];
for (const [name, command, args] of checks) {
  console.log(`\n── ${name}`);
  if (run(command, args) !== 0) failed.push(name);
}
console.log(failed.length === 0 ? "\nAll checks hold." : `\nFailed: ${failed.join(", ")}.`);
process.exit(failed.length === 0 ? 0 : 1);
