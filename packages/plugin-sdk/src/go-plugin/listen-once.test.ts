import { expect, test } from "bun:test";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GoPluginError } from "./go-plugin-error.ts";
import type { HostWishes } from "./handshake.ts";
import { listenOnce } from "./listen-once.ts";

function folder() {
  const path = mkdtempSync(join(tmpdir(), "listen-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

const wishes = (over: Partial<HostWishes>): HostWishes => ({
  appVersion: 1,
  socketFolder: undefined,
  socketGroup: undefined,
  minPort: 10_000,
  maxPort: 25_000,
  ...over,
});

test("the socket lies in the host's folder and is gone once the host has connected", async () => {
  using temporary = folder();
  using connection = await listenOnce(wishes({ socketFolder: temporary.path }), "linux");
  const { address } = connection;
  if (address.network !== "unix") throw new Error("not a unix socket");
  expect(address.path.startsWith(join(temporary.path, "plugin"))).toBe(true);
  const client = connect({ path: address.path });
  const socket = await connection.socket;
  expect(existsSync(address.path)).toBe(false);
  client.write("hi");
  socket.resume();
  const [chunk] = await once(socket, "data");
  expect(String(chunk)).toBe("hi");
  client.destroy();
  socket.destroy();
});

test("without a connection, disposing removes the socket", async () => {
  using temporary = folder();
  const connection = await listenOnce(wishes({ socketFolder: temporary.path }), "linux");
  const path = connection.address.network === "unix" ? connection.address.path : "";
  expect(existsSync(path)).toBe(true);
  connection[Symbol.dispose]();
  expect(existsSync(path)).toBe(false);
});

test("a group that may connect gets the socket", async () => {
  using temporary = folder();
  const group = String(process.getgid?.() ?? 0);
  using connection = await listenOnce(wishes({ socketFolder: temporary.path, socketGroup: group }), "linux");
  const path = connection.address.network === "unix" ? connection.address.path : "";
  expect(statSync(path).mode & 0o777).toBe(0o660);
});

test("a group that does not exist is named", async () => {
  using temporary = folder();
  const error = await listenOnce(
    wishes({ socketFolder: temporary.path, socketGroup: "no-such-group" }),
    "linux",
  ).catch((reason: GoPluginError) => reason);
  expect((error as GoPluginError).message).toContain('"no-such-group"');
  expect(readdirSync(temporary.path)).toEqual([]);
});

test("a path too long for a socket says what to do", async () => {
  const error = await listenOnce(wishes({ socketFolder: `/tmp/${"x".repeat(120)}` }), "linux").catch(
    (reason: GoPluginError) => reason,
  );
  expect((error as GoPluginError).message).toContain("TMPDIR");
});

test("on Windows the first free port of the range is taken", async () => {
  using first = await listenOnce(wishes({ minPort: 20_000, maxPort: 25_000 }), "win32");
  const taken = first.address.network === "tcp" ? first.address.port : 0;
  using second = await listenOnce(wishes({ minPort: taken, maxPort: 25_000 }), "win32");
  const next = second.address.network === "tcp" ? second.address.port : 0;
  expect(next).toBeGreaterThan(taken);
  const client = connect({ host: "127.0.0.1", port: next });
  (await second.socket).destroy();
  client.destroy();
});

test("a range without a free port is an error", async () => {
  using first = await listenOnce(wishes({ minPort: 20_000 }), "win32");
  const taken = first.address.network === "tcp" ? first.address.port : 0;
  const error = await listenOnce(wishes({ minPort: taken, maxPort: taken }), "win32").catch(
    (reason: GoPluginError) => reason,
  );
  expect((error as GoPluginError).code).toBe("unsupported");
});
