import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/build/root.ts";

/** What today's code is compared with: the last commit before its cost for each message was looked at. */
export const baselineCommit = "d0ff41b";

/** The plugin as it was then, built by its own tools. */
export interface Baseline extends Disposable {
  readonly bundle: string;
}

/**
 * Builds it in a work tree of its own in the temporary directory, with the packages of its own lockfile. Only its bundle is
 * used: both plugins run in today's Mattermost, with today's tenant and PostgreSQL, so that nothing but the plugin differs.
 * What it says to them is the same protocol. Throws when the commit is not there, as in a shallow clone.
 */
export function buildBaseline(): Baseline {
  const folder = mkdtempSync(join(tmpdir(), "bench-baseline-"));
  const tree = join(folder, baselineCommit);
  const remove = (): void => {
    spawnSync("git", ["worktree", "remove", "--force", tree], { cwd: root });
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    run("git", ["worktree", "add", "--detach", tree, baselineCommit], root);
    run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], tree);
    run(process.execPath, ["scripts/bundle.ts", "--local", "--quiet"], tree);
    const built = join(tree, "dist/local");
    const name = readdirSync(built).find((each) => each.endsWith(".tar.gz"));
    if (name === undefined) throw new Error(`${built} has no bundle.`);
    return { bundle: join(built, name), [Symbol.dispose]: remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function run(command: string, args: readonly string[], cwd: string): void {
  const result = spawnSync(command, args, { cwd, encoding: "utf8", maxBuffer: 1 << 26 });
  if (result.status !== 0)
    throw new Error(
      `${baselineCommit} could not be built: ${command} ${args.join(" ")} failed.\n${result.stderr}`,
    );
}
