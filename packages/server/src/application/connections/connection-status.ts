import type { ChoiceLimits } from "../../domain/choices.ts";
import { isOver } from "../../domain/mute.ts";
import type { ReaderPreferences } from "../../domain/reader-preferences.ts";
import { type Here, knownTimeZone } from "../../domain/until.ts";
import type { ConnectionPorts } from "./connection-ports.ts";

export type ConnectionStatus =
  | { readonly kind: "not-connected" }
  | {
      readonly kind: "connected";
      readonly account: string;
      readonly connectedAtMs: number;
      readonly preferences: ReaderPreferences;
      /** How many chats are muted now. */
      readonly mutedChats: number;
      /** Where and when it is asked for. */
      readonly here: Here;
      /** What of the preferences is in force is within these. */
      readonly limits: ChoiceLimits;
      /** Whether files of messages are copied, and if they are in general, whether for this person. */
      readonly files: "off" | "copied" | "sign-in-missing";
    };

export async function connectionStatus(
  ports: Pick<ConnectionPorts, "clock" | "connections" | "preferences" | "limits" | "fileGrants" | "users">,
  userId: string,
): Promise<ConnectionStatus> {
  const connection = await ports.connections.byMattermostUser(userId);
  if (connection === undefined) return { kind: "not-connected" };
  const [preferences, files, user] = await Promise.all([
    ports.preferences.of(userId),
    filesFor(ports.fileGrants, userId),
    ports.users.get(userId),
  ]);
  const { teamsAccount: account, connectedAtMs } = connection;
  const nowMs = ports.clock.now();
  const mutedChats = preferences.mutes.filter((mute) => !isOver(mute, nowMs)).length;
  const here = { nowMs, timeZone: knownTimeZone(user?.timeZone) };
  const { limits } = ports;
  return { kind: "connected", account, connectedAtMs, preferences, mutedChats, limits, files, here };
}

async function filesFor(grants: ConnectionPorts["fileGrants"], userId: string) {
  if (grants === undefined) return "off";
  return (await grants.find(userId)) === undefined ? "sign-in-missing" : "copied";
}
