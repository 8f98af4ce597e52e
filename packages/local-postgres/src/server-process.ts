import { type ChildProcess, spawn } from "node:child_process";
import { Client } from "pg";
import type { PostgresBinaries } from "./binaries.ts";
import { superuser, superuserPassword } from "./data-directory.ts";
import { LocalPostgresError } from "./local-postgres-error.ts";
import type { Owner } from "./unprivileged-user.ts";

export interface ServerOptions {
  readonly binaries: PostgresBinaries;
  readonly directory: string;
  readonly port: number;
  readonly owner: Owner | undefined;
  /** `false` skips fsync: right for a cluster that is thrown away, wrong for one that must survive a power cut. */
  readonly durable: boolean;
  readonly settings: Readonly<Record<string, string>>;
  /** Removed once the server was told to end and did, unless {@link keepMark} is there. */
  readonly removeAfterwards: string | undefined;
}

/** A file whose presence keeps a temporary directory beyond the end of its server. */
export function keepMark(temporaryDirectory: string): string {
  return `${temporaryDirectory}/keep`;
}

/** How often a starting server is asked whether it accepts connections; a start takes 100 to 300 ms. */
const readinessPollMs = 15;
/** Recovery after a hard stop replays the log first; beyond this something is wrong. */
const startTimeoutMs = 60_000;

/**
 * Runs the server below a shell that holds our end of a pipe: when this process ends in any way, even by SIGKILL, the
 * pipe closes and the server goes too. A server that failed keeps its directory for the next attempt.
 */
const supervisor = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( read -r _ <&3; kill -INT $server 2>/dev/null ) &
watch=$!
exec 3<&-
wait $server
code=$?
kill $watch 2>/dev/null
[ "$code" != 0 ] || [ -z "$REMOVE_AFTERWARDS" ] || [ -e "$REMOVE_AFTERWARDS/keep" ] || rm -rf "$REMOVE_AFTERWARDS"
exit $code
`;

export interface ServerProcess {
  stop(): Promise<void>;
}

/** Starts the server and resolves when it accepts connections. Throws {@link LocalPostgresError} `start-failed`. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const child = launch(options);
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4_000);
  });
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", (error) => {
      said += error.message;
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    if (process.platform === "win32") child.kill();
    child.stdin?.end();
    await ended;
  };
  if (!(await accepts(options.port, ended))) {
    await stop();
    throw new LocalPostgresError(
      "start-failed",
      `PostgreSQL did not start on port ${options.port}. ${said.trim()}`,
    );
  }
  child.unref();
  return { stop };
}

function launch(options: ServerOptions): ChildProcess {
  const durability = options.durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
  // Sockets stay on the loopback interface; a socket file would need a directory both users can write.
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    // So that whoever wants to can count statements, see `countStatements`.
    "shared_preload_libraries=pg_stat_statements",
    "pg_stat_statements.track_planning=on",
    ...durability,
    ...Object.entries(options.settings).map(([name, value]) => `${name}=${value}`),
  ];
  const flags = [
    "-D",
    options.directory,
    "-p",
    String(options.port),
    ...settings.flatMap((setting) => ["-c", setting]),
  ];
  if (process.platform === "win32")
    return spawn(options.binaries.postgres, flags, { stdio: ["pipe", "ignore", "pipe"] });
  return spawn("/bin/sh", ["-c", supervisor, "local-postgres", options.binaries.postgres, ...flags], {
    cwd: "/",
    // An own session: Ctrl+C reaches us first, so that we can close our connections before the server goes.
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
    env: { ...process.env, REMOVE_AFTERWARDS: options.removeAfterwards ?? "" },
    ...options.owner,
  });
}

async function accepts(port: number, ended: Promise<void>): Promise<boolean> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const deadline = Date.now() + startTimeoutMs;
  while (!over && Date.now() < deadline) {
    const client = new Client({
      host: "127.0.0.1",
      port,
      user: superuser,
      password: superuserPassword,
      database: "postgres",
    });
    try {
      await client.connect();
      await client.end();
      return !over;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, readinessPollMs));
    }
  }
  return false;
}
