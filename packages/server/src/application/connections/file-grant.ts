import type { Connection } from "../../domain/connection.ts";
import type { ConnectionPorts } from "./connection-ports.ts";
import type { SignedIn } from "./sign-in-port.ts";

/** Whether a connected person may sign in once more, because files are copied and their sign-in does not cover them. */
export async function lacksFileGrant(
  { fileGrants }: Pick<ConnectionPorts, "fileGrants">,
  userId: string,
): Promise<boolean> {
  return fileGrants !== undefined && (await fileGrants.find(userId)) === undefined;
}

/** Without it files are linked instead of copied, which is no reason to undo a connection; the person is told by status. */
export async function keepFileGrant(
  { fileGrants, clock, log }: ConnectionPorts,
  userId: string,
  { refreshToken }: SignedIn,
): Promise<void> {
  if (fileGrants === undefined || refreshToken === undefined) return;
  await fileGrants.put(userId, { refreshToken, grantedAtMs: clock.now() }).catch((error: unknown) => {
    const cause = error instanceof Error ? error.name : "unknown";
    log.warn("What a person agreed to for their files could not be stored", { cause });
  });
}

/** Connections keep both ids in lower case. */
export function isAccountOf(connection: Connection, { tenantId, objectId }: SignedIn): boolean {
  return connection.tenantId === tenantId.toLowerCase() && connection.teamsUserId === objectId.toLowerCase();
}
