import type { ConnectionPorts } from "./connection-ports.ts";

export type Disconnected =
  | { readonly kind: "disconnected"; readonly account: string }
  | { readonly kind: "not-connected" };

/**
 * Ends a person's connection. The subscription goes first, while the connection still says whose it is; when Microsoft
 * cannot be reached the connection ends all the same, because without it nothing is delivered, and the clean-up of
 * subscriptions removes the rest. Doing it twice is harmless.
 */
export async function disconnect(ports: ConnectionPorts, userId: string): Promise<Disconnected> {
  const existing = await ports.connections.byMattermostUser(userId);
  if (existing === undefined) return { kind: "not-connected" };
  await ports.subscriptions.removeFor(userId).catch((error: unknown) => {
    const cause = error instanceof Error ? error.name : "unknown";
    ports.log.warn("A subscription could not be removed on disconnect; the next clean-up removes it", {
      cause,
    });
  });
  const removed = await ports.connections.remove(userId);
  if (removed === undefined) return { kind: "not-connected" };
  await ports.events.connectionChanged(userId);
  return { kind: "disconnected", account: removed.teamsAccount };
}
