import { expect, test } from "bun:test";
import type { GoPluginError } from "./go-plugin-error.ts";
import {
  formatHandshake,
  hostEnvironment,
  magicCookie,
  type PluginAddress,
  parseHandshake,
  readHostWishes,
} from "./handshake.ts";

const cookie = { [magicCookie.name]: magicCookie.value };

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as GoPluginError).code;
  }
  return "nothing thrown";
}

test("without the cookie the hint names the way to install", () => {
  expect(() => readHostWishes({})).toThrow("Plugin Management");
  expect(codeOf(() => readHostWishes({ MATTERMOST_PLUGIN: "almost" }))).toBe("no-host");
});

test("the host's environment is understood by the plugin", () => {
  expect(readHostWishes(hostEnvironment("/run/x"))).toEqual({
    appVersion: 1,
    socketFolder: "/run/x",
    socketGroup: undefined,
    minPort: 10_000,
    maxPort: 25_000,
  });
});

test("ports that are no ports fall back to go-plugin's range", () => {
  const wishes = readHostWishes({ ...cookie, PLUGIN_MIN_PORT: "0", PLUGIN_MAX_PORT: "seven" });
  expect([wishes.minPort, wishes.maxPort]).toEqual([10_000, 25_000]);
});

for (const [offered, chosen] of [
  ["1", 1],
  ["1,2,3", 1],
  ["9", 1],
  [undefined, 1],
] as const) {
  test(`a host with versions ${offered} gets ${chosen}`, () => {
    expect(readHostWishes({ ...cookie, PLUGIN_PROTOCOL_VERSIONS: offered }).appVersion).toBe(chosen);
  });
}

test("a host that wants mutual TLS is refused", () => {
  expect(codeOf(() => readHostWishes({ ...cookie, PLUGIN_CLIENT_CERT: "PEM" }))).toBe("unsupported");
});

const lines: [string, PluginAddress | string][] = [
  ["1|1|unix|/tmp/plugin123|netrpc|\n", { network: "unix", path: "/tmp/plugin123" }],
  ["1|1|unix|/tmp/plugin123", { network: "unix", path: "/tmp/plugin123" }],
  ["1|1|tcp|127.0.0.1:10000|netrpc|\r\n", { network: "tcp", host: "127.0.0.1", port: 10_000 }],
  ["1|1|unix|/tmp/p|netrpc||more", { network: "unix", path: "/tmp/p" }],
  ["1|1|unix", "handshake"],
  ["hello world", "handshake"],
  ["", "handshake"],
  ["1|1|tcp|nowhere|netrpc|", "handshake"],
  ["1|1|unix||netrpc|", "handshake"],
  ["2|1|unix|/tmp/p|netrpc|", "unsupported"],
  ["1|2|unix|/tmp/p|netrpc|", "unsupported"],
  ["1|1|unix|/tmp/p|grpc|", "unsupported"],
];

for (const [line, outcome] of lines) {
  test(`the line ${JSON.stringify(line)} is ${typeof outcome === "string" ? `refused as ${outcome}` : "an address"}`, () => {
    if (typeof outcome === "string") expect(codeOf(() => parseHandshake(line))).toBe(outcome);
    else expect(parseHandshake(line)).toEqual(outcome);
  });
}

test("what the plugin prints is what the host reads", () => {
  const unix: PluginAddress = { network: "unix", path: "/tmp/plugin1" };
  expect(formatHandshake(unix, 1)).toBe("1|1|unix|/tmp/plugin1|netrpc|\n");
  expect(parseHandshake(formatHandshake(unix, 1))).toEqual(unix);
});
