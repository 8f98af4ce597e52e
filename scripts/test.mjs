// `npm test`: installs what it needs, runs every test this machine can run, says what it left out, and counts.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bunExecutable, ensureInstalled, onPath, root, run } from "./toolchain.mjs";

ensureInstalled();
const bun = bunExecutable();
const reports = mkdtempSync(join(tmpdir(), "test-reports-"));
const total = { passed: 0, failed: 0, skipped: 0 };
const leftOut = [];

function section(name) {
  console.log(`\n── ${name}`);
}

/** Bun's own last lines are for people; the counts are taken from its JUnit report. */
function bunTest(name, args, env = {}) {
  section(name);
  const report = join(reports, `${name.replaceAll(/\W+/g, "-")}.xml`);
  const status = run(bun, ["test", "--reporter=junit", `--reporter-outfile=${report}`, ...args], {
    env: { ...process.env, ...env },
  });
  let counts;
  try {
    const summary = /<testsuites [^>]*>/.exec(readFileSync(report, "utf8"))?.[0] ?? "";
    const number = (key) => Number(new RegExp(`${key}="(\\d+)"`).exec(summary)?.[1] ?? 0);
    counts = { failed: number("failures"), skipped: number("skipped"), tests: number("tests") };
  } catch {
    counts = { failed: 0, skipped: 0, tests: 0 };
  }
  total.passed += counts.tests - counts.failed - counts.skipped;
  // A runner that dies or cannot load a file fails without naming a test.
  total.failed += status !== 0 && counts.failed === 0 ? 1 : counts.failed;
  total.skipped += counts.skipped;
}

function goTest() {
  section("interop with Go");
  const result = spawnSync("go", ["test", "-json", "-count=1", "./..."], {
    cwd: join(root, "interop"),
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, GOTOOLCHAIN: "local" },
  });
  let failed = 0;
  for (const line of result.stdout.split("\n")) {
    let event;
    try {
      event = JSON.parse(line);
    } catch {
      continue;
    }
    if (event.Action === "output" && (event.Output.includes("FAIL") || event.Output.includes("_test.go")))
      process.stdout.write(event.Output);
    if (event.Test === undefined) continue;
    if (event.Action === "pass") total.passed++;
    if (event.Action === "skip") total.skipped++;
    if (event.Action === "fail") failed++;
  }
  process.stderr.write(result.stderr);
  total.failed += result.status !== 0 && failed === 0 ? 1 : failed;
}

function endToEndFiles() {
  return readdirSync(join(root, "packages"), { recursive: true })
    .filter((name) => name.endsWith(".e2e.ts") && !name.includes("node_modules"))
    .map((name) => `./${join("packages", name)}`);
}

try {
  section("building the plugin for this machine");
  if (run(bun, ["scripts/bundle.ts", "--local", "--quiet"]) !== 0) {
    total.failed++;
  } else {
    // Bun gives a test 5 s; properties and databases take longer on a machine that has other work.
    bunTest("unit and integration", ["--timeout=30000", "packages", "scripts", "bench"]);
    const chromium =
      process.env.CHROMIUM ?? onPath("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    if (chromium) bunTest("in a browser", ["--timeout=60000", ...endToEndFiles()], { CHROMIUM: chromium });
    else leftOut.push("the browser tests (no Chromium on PATH; set CHROMIUM to its path)");
    if (onPath("go")) goTest();
    else leftOut.push("the interoperability tests with Go (no go on PATH)");
  }
} finally {
  rmSync(reports, { recursive: true, force: true });
}

console.log("");
for (const what of leftOut) console.log(`Skipped: ${what}.`);
console.log(`${total.passed} passed, ${total.failed} failed`);
const mustNotSkip = process.env.TEST_SKIP_NOTHING === "1" && (leftOut.length > 0 || total.skipped > 0);
if (mustNotSkip) console.log("Nothing may be skipped here, see above.");
process.exit(total.failed === 0 && total.passed > 0 && !mustNotSkip ? 0 : 1);
