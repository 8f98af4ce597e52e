import type { ConnectionPorts } from "./connection-ports.ts";
import { disconnect } from "./disconnect.ts";
import { tellDisconnected } from "./tell-disconnected.ts";
import { tenantChangedText } from "./wording.ts";

/**
 * Ends connections with accounts of a tenant that the settings name no longer: nothing can be read for them, and their
 * people could not connect anew. Each is told once. Only to be called when Microsoft has let the application into the
 * tenant of the settings, so that a mistyped id ends nothing. Resolves to how many ended.
 */
export async function endOtherTenants(ports: ConnectionPorts, stopping: AbortSignal): Promise<number> {
  const tenantId = ports.tenantId.toLowerCase();
  let ended = 0;
  for (const connection of await ports.connections.list()) {
    if (connection.tenantId === tenantId) continue;
    if (stopping.aborted) break;
    const result = await disconnect(ports, connection.userId);
    if (result.kind === "not-connected") continue;
    ended += 1;
    await tellDisconnected(ports, connection, tenantChangedText(result.account));
  }
  return ended;
}
