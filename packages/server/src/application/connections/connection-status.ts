import type { ReaderPreferences } from "../../domain/reader-preferences.ts";
import type { ConnectionPorts } from "./connection-ports.ts";

export type ConnectionStatus =
  | { readonly kind: "not-connected" }
  | {
      readonly kind: "connected";
      readonly account: string;
      readonly connectedAtMs: number;
      readonly preferences: ReaderPreferences;
    };

export async function connectionStatus(
  ports: Pick<ConnectionPorts, "connections" | "preferences">,
  userId: string,
): Promise<ConnectionStatus> {
  const connection = await ports.connections.byMattermostUser(userId);
  if (connection === undefined) return { kind: "not-connected" };
  const preferences = await ports.preferences.of(userId);
  const { teamsAccount: account, connectedAtMs } = connection;
  return { kind: "connected", account, connectedAtMs, preferences };
}
