import { expect, test } from "bun:test";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const plugins = join(import.meta.dirname, "..", "testing", "plugins");

async function run(script: string, env: Record<string, string | undefined>) {
  const child = spawn(process.execPath, [join(plugins, script)], { env: { ...process.env, ...env } });
  let stderr = "";
  let stdout = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  const [code] = await once(child, "close");
  return { code, stderr, stdout };
}

test("started by hand, a plugin explains itself and exits 1", async () => {
  const { code, stderr, stdout } = await run("everyday.ts", { MATTERMOST_PLUGIN: undefined });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("Plugin Management");
  expect(stderr).not.toContain("at ");
});

test("when the host dies, the plugin ends", async () => {
  const host = spawn(process.execPath, [join(plugins, "..", "abandoning-host.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(host.stdout, "data");
  const pid = Number(String(line).trim());
  expect(pid).toBeGreaterThan(0);
  expect(() => process.kill(pid, 0)).not.toThrow();
  host.kill("SIGKILL");
  // The pipe closes only when its last holder, the plugin, has ended as well.
  await once(host, "close");
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      break;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
});
