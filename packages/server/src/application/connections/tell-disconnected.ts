import type { Connection } from "../../domain/connection.ts";
import type { ConnectionPorts } from "./connection-ports.ts";

/** Has the bot tell a person why their connection ended. Resolves to whether it could; never rejects. */
export async function tellDisconnected(
  { posts, log }: ConnectionPorts,
  { userId, connectedAtMs }: Connection,
  message: string,
): Promise<boolean> {
  try {
    const channelId = await posts.directChannel(userId);
    await posts.create(channelId, { message, key: `disconnected:${connectedAtMs}` });
    return true;
  } catch (error) {
    const cause = error instanceof Error ? error.name : "unknown";
    log.warn("A person could not be told that they were disconnected", { cause });
    return false;
  }
}
