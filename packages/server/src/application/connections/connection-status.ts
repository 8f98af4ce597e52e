import type { ConnectionPorts } from "./connection-ports.ts";

export type ConnectionStatus =
  | { readonly kind: "not-connected" }
  | {
      readonly kind: "connected";
      readonly account: string;
      readonly connectedAtMs: number;
      readonly notificationsOn: boolean;
      /** Whether files of messages are copied, and if they are in general, whether for this person. */
      readonly files: "off" | "copied" | "sign-in-missing";
    };

export async function connectionStatus(
  ports: Pick<ConnectionPorts, "connections" | "preferences" | "fileGrants">,
  userId: string,
): Promise<ConnectionStatus> {
  const connection = await ports.connections.byMattermostUser(userId);
  if (connection === undefined) return { kind: "not-connected" };
  const [notificationsOn, files] = await Promise.all([
    ports.preferences.isOn(userId),
    filesFor(ports.fileGrants, userId),
  ]);
  const { teamsAccount: account, connectedAtMs } = connection;
  return { kind: "connected", account, connectedAtMs, notificationsOn, files };
}

async function filesFor(grants: ConnectionPorts["fileGrants"], userId: string) {
  if (grants === undefined) return "off";
  return (await grants.find(userId)) === undefined ? "sign-in-missing" : "copied";
}
