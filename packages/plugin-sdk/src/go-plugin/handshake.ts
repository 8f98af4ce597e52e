import { GoPluginError } from "./go-plugin-error.ts";

/** A program that is not told this was started by hand, not by Mattermost (go-plugin, "magic cookie"). */
export const magicCookie = { name: "MATTERMOST_PLUGIN", value: "Securely message teams, anywhere." } as const;
/** Version of go-plugin's own protocol: the first field of the handshake line. */
const coreProtocolVersion = "1";
/** Versions of Mattermost's plugin protocol that exist; all servers have spoken 1 so far. */
const appProtocolVersions: readonly number[] = [1];
/** go-plugin's default port range for hosts that do not set one. */
const defaultPorts = { min: 10_000, max: 25_000 };
/** A longer first line is not a handshake; reading on would only collect a foreign program's output. */
export const maxHandshakeBytes = 4096;

/** Where a plugin can be reached. */
export type PluginAddress =
  | { readonly network: "unix"; readonly path: string }
  | { readonly network: "tcp"; readonly host: string; readonly port: number };

/** What the host's environment variables ask of the plugin. */
export interface HostWishes {
  readonly appVersion: number;
  /** Folder for the socket; absent means the system's temporary folder. */
  readonly socketFolder: string | undefined;
  /** Group name or id that may connect to the socket. */
  readonly socketGroup: string | undefined;
  readonly minPort: number;
  readonly maxPort: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads what the host wants. Throws {@link GoPluginError} `no-host` without the magic cookie and `unsupported` when the
 * host insists on mutual TLS, which Mattermost does not use.
 */
export function readHostWishes(env: Environment): HostWishes {
  if (env[magicCookie.name] !== magicCookie.value) {
    throw new GoPluginError(
      "no-host",
      "This program is a Mattermost plugin and cannot be run on its own. Install its bundle in Mattermost: System Console > Plugins > Plugin Management.",
    );
  }
  if (env.PLUGIN_CLIENT_CERT) {
    throw new GoPluginError("unsupported", "The host asks for mutual TLS, which this plugin does not speak.");
  }
  return {
    appVersion: chooseAppVersion(env.PLUGIN_PROTOCOL_VERSIONS),
    socketFolder: env.PLUGIN_UNIX_SOCKET_DIR || undefined,
    socketGroup: env.PLUGIN_UNIX_SOCKET_GROUP || undefined,
    minPort: portOr(env.PLUGIN_MIN_PORT, defaultPorts.min),
    maxPort: portOr(env.PLUGIN_MAX_PORT, defaultPorts.max),
  };
}

/** The environment a host gives to a plugin. */
export function hostEnvironment(socketFolder?: string): Record<string, string> {
  return {
    [magicCookie.name]: magicCookie.value,
    PLUGIN_PROTOCOL_VERSIONS: appProtocolVersions.join(","),
    PLUGIN_MIN_PORT: String(defaultPorts.min),
    PLUGIN_MAX_PORT: String(defaultPorts.max),
    ...(socketFolder === undefined ? {} : { PLUGIN_UNIX_SOCKET_DIR: socketFolder }),
  };
}

/** The line a plugin prints, with its line end; the last field is the certificate that netrpc has none of. */
export function formatHandshake(address: PluginAddress, appVersion: number): string {
  const where = address.network === "unix" ? address.path : `${address.host}:${address.port}`;
  return `${[coreProtocolVersion, appVersion, address.network, where, "netrpc", ""].join("|")}\n`;
}

/** Reads a plugin's line as go-plugin's client does. Throws {@link GoPluginError} `handshake` or `unsupported`. */
export function parseHandshake(line: string): PluginAddress {
  const [core, app, network, where, protocol] = line.trim().split("|");
  if (core === undefined || app === undefined || network === undefined || where === undefined) {
    throw new GoPluginError(
      "handshake",
      "The program did not introduce itself as a plugin: its first line of output is not a go-plugin handshake.",
    );
  }
  if (core !== coreProtocolVersion) {
    throw new GoPluginError(
      "unsupported",
      `The plugin speaks version ${core} of go-plugin's protocol, not 1.`,
    );
  }
  if (!appProtocolVersions.includes(Number(app))) {
    throw new GoPluginError(
      "unsupported",
      `The plugin speaks version ${app} of Mattermost's protocol, not 1.`,
    );
  }
  if (protocol !== undefined && protocol !== "netrpc") {
    throw new GoPluginError("unsupported", `The plugin speaks ${protocol}, not netrpc.`);
  }
  return parseAddress(network, where);
}

function parseAddress(network: string, where: string): PluginAddress {
  if (network === "unix" && where !== "") return { network, path: where };
  if (network === "tcp") {
    const colon = where.lastIndexOf(":");
    const port = Number(where.slice(colon + 1));
    if (colon > 0 && Number.isInteger(port) && port > 0 && port < 65_536) {
      return { network, host: where.slice(0, colon), port };
    }
  }
  throw new GoPluginError("handshake", `The plugin's address "${network}|${where}" cannot be connected to.`);
}

function chooseAppVersion(offered: string | undefined): number {
  const lowest = Math.min(...appProtocolVersions);
  if (offered === undefined) return lowest;
  const common = offered
    .split(",")
    .map(Number)
    .filter((version) => appProtocolVersions.includes(version));
  // Without a common version the host is told our lowest and explains the mismatch itself, as with Go plugins.
  return common.length === 0 ? lowest : Math.max(...common);
}

function portOr(text: string | undefined, fallback: number): number {
  const port = Number(text);
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : fallback;
}
