import { parseArgs } from "node:util";

export interface SandboxArguments {
  /** A real server instead of the built-in one. */
  readonly mattermost: { readonly url: string; readonly token: string } | undefined;
  /** Port of the page on 127.0.0.1; 0 lets the system choose. */
  readonly port: number;
}

export const usage = `npm start                                          the sandbox with its own small Mattermost
npm start -- --port 8080                           with its page on another port (default 8700)
npm start -- --mattermost URL --token TOKEN        with your Mattermost server; TOKEN is a personal access token of a
                                                   system administrator. The plugin is uploaded and configured there.`;

/** Fixed, so that a bookmark keeps working; above the privileged and below the ephemeral ports. */
const defaultPort = 8700;

/** Reads the command line. Throws an Error whose message is for the person who typed it. */
export function parseArguments(args: readonly string[]): SandboxArguments {
  const { values } = parseArgs({
    args: [...args],
    options: { mattermost: { type: "string" }, token: { type: "string" }, port: { type: "string" } },
  });
  const port = values.port === undefined ? defaultPort : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port} is not a port number.`);
  if ((values.mattermost === undefined) !== (values.token === undefined)) {
    throw new Error("--mattermost and --token go together.");
  }
  if (values.mattermost === undefined || values.token === undefined) return { mattermost: undefined, port };
  if (!URL.canParse(values.mattermost))
    throw new Error(`--mattermost ${values.mattermost} is not an address.`);
  return { mattermost: { url: values.mattermost.replace(/\/+$/, ""), token: values.token }, port };
}
