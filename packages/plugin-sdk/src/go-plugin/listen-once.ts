import { randomInt } from "node:crypto";
import { chmod, chown, readFile } from "node:fs/promises";
import { createServer, type ListenOptions, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GoPluginError } from "./go-plugin-error.ts";
import type { HostWishes, PluginAddress } from "./handshake.ts";

/** The shortest limit of the systems we run on for the path of a unix socket (macOS: 104 with its ending zero). */
const maxSocketPathBytes = 103;

/** An address that takes exactly one connection. */
export interface OneConnection extends Disposable {
  readonly address: PluginAddress;
  /** The host's connection, paused. Afterwards the address is closed and a socket file gone. */
  readonly socket: Promise<Socket>;
}

function listen(server: Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(options, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function groupId(group: string): Promise<number> {
  if (/^\d+$/.test(group)) return Number(group);
  for (const line of (await readFile("/etc/group", "utf8")).split("\n")) {
    const [name, , id] = line.split(":");
    if (name === group && id !== undefined) return Number(id);
  }
  throw new GoPluginError("unsupported", `The group "${group}" for the plugin's socket does not exist.`);
}

async function listenOnUnixSocket(server: Server, wishes: HostWishes): Promise<PluginAddress> {
  const path = join(wishes.socketFolder ?? tmpdir(), `plugin${randomInt(1_000_000_000)}`);
  if (Buffer.byteLength(path) > maxSocketPathBytes) {
    throw new GoPluginError(
      "unsupported",
      `The socket path ${path} is too long. Set TMPDIR to a shorter folder.`,
    );
  }
  await listen(server, { path });
  if (wishes.socketGroup !== undefined) {
    await chown(path, -1, await groupId(wishes.socketGroup));
    await chmod(path, 0o660);
  }
  return { network: "unix", path };
}

async function listenOnPort(server: Server, wishes: HostWishes): Promise<PluginAddress> {
  const host = "127.0.0.1";
  for (let port = wishes.minPort; port <= wishes.maxPort; port += 1) {
    try {
      await listen(server, { host, port });
      return { network: "tcp", host, port };
    } catch {
      // Taken by somebody else: the host gave a range for this reason.
    }
  }
  throw new GoPluginError("unsupported", `No port from ${wishes.minPort} to ${wishes.maxPort} is free.`);
}

/** Listens where the host wants it (go-plugin `server.go`): a unix socket, on Windows a local port. */
export async function listenOnce(wishes: HostWishes, platform: NodeJS.Platform): Promise<OneConnection> {
  const { promise: socket, resolve } = Promise.withResolvers<Socket>();
  const server = createServer({ pauseOnConnect: true }, (connected) => {
    server.close();
    resolve(connected);
  });
  const close = () => void server.close();
  try {
    const address = await (platform === "win32" ? listenOnPort : listenOnUnixSocket)(server, wishes);
    return { address, socket, [Symbol.dispose]: close };
  } catch (error) {
    close();
    throw error;
  }
}
