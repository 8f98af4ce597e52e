import { writeSync } from "node:fs";
import { systemClock } from "../clock.ts";
import type { PluginHooks } from "../hooks/define-plugin.ts";
import { GoPluginError } from "./go-plugin-error.ts";
import { formatHandshake, readHostWishes } from "./handshake.ts";
import { formatHclog, type WriteLog } from "./hclog.ts";
import { listenOnce } from "./listen-once.ts";

/** A host that started us connects at once; one that does not within go-plugin's default start time has died. */
const connectLimitMs = 60_000;
const stdout = 1;
const stderr = 2;

/** Straight to the process's stderr, which the host turns into its log; synchronous, so that last words arrive. */
const logToStderr: WriteLog = (level, message, fields = {}) => {
  try {
    writeSync(stderr, formatHclog(level, message, fields, new Date()));
  } catch {
    // Nobody reads stderr any more: the host is gone, and its end ends us.
  }
};

function die(message: string, error: unknown): never {
  const { name, message: reason, stack } = error instanceof Error ? error : new Error(String(error));
  logToStderr("error", message, { error: `${name}: ${reason}`, stack });
  process.exit(1);
}

/**
 * Runs this process as a Mattermost plugin until the host ends it. The handshake is printed before `load` is called, so
 * that start-up stays within the host's 3 s; `load` imports the rest, as in `runPlugin(() => import("./plugin.ts"))`.
 * Exits 0 after Quit or the host's end, 1 when not started by Mattermost and after an uncaught error, so that the host's
 * health check starts the plugin again.
 */
export async function runPlugin(
  load: () => Promise<PluginHooks | { readonly default: PluginHooks }>,
): Promise<never> {
  // Ctrl-C in the server's terminal reaches the whole group; the server then stops us in order.
  process.on("SIGINT", () => {});
  process.on("uncaughtException", (error) => die("The plugin crashed.", error));
  process.on("unhandledRejection", (reason) =>
    die("The plugin crashed: a promise was rejected unnoticed.", reason),
  );
  try {
    const wishes = readHostWishes(process.env);
    using connection = await listenOnce(wishes, process.platform);
    writeSync(stdout, formatHandshake(connection.address, wishes.appVersion));
    const limit = systemClock.after(connectLimitMs, () =>
      die("Mattermost did not connect.", new Error("timeout")),
    );
    const [{ PluginSession }, { SocketStream }, loaded] = [
      await import("./plugin-session.ts"),
      await import("./socket-stream.ts"),
      load(),
    ];
    const hooks = loaded.then((found) => ("default" in found ? found.default : found));
    hooks.catch((error) => die("The plugin could not be loaded.", error));
    const socket = await connection.socket;
    limit.cancel();
    await using session = new PluginSession(new SocketStream(socket), { hooks, log: logToStderr });
    await session.over;
  } catch (error) {
    if (!(error instanceof GoPluginError)) die("The plugin could not start.", error);
    // A person at a terminal reads this one, not a log.
    writeSync(stderr, `${error.message}\n`);
    process.exit(1);
  }
  process.exit(0);
}
