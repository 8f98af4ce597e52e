import type { Connection } from "../../domain/connection.ts";
import type { ConnectionPorts } from "./connection-ports.ts";
import { replaceLink } from "./replace-link.ts";
import type { PendingSignIn } from "./sign-in-store.ts";
import { welcomeText } from "./wording.ts";

/**
 * Tells everyone concerned that a person is connected. The connection exists by now: what fails here is logged and never
 * undoes it.
 */
export async function announceConnection(
  ports: ConnectionPorts,
  connection: Connection,
  signIn: Pick<PendingSignIn, "channelId" | "rootId" | "ephemeralPostId">,
): Promise<void> {
  const { userId, teamsAccount } = connection;
  const steps: Record<string, () => Promise<unknown>> = {
    "switch notifications on": () => ports.preferences.change(userId, { notifications: "on" }),
    "tell open web apps": () => ports.events.connectionChanged(userId),
    "replace the link": () => replaceLink(ports, connection, signIn),
    "send the welcome": async () => {
      const directChannelId = await ports.posts.directChannel(userId);
      const key = `welcome:${connection.connectedAtMs}`;
      await ports.posts.create(directChannelId, { message: welcomeText(teamsAccount), key });
    },
  };
  for (const [step, run] of Object.entries(steps)) {
    await run().catch((error: unknown) => {
      const cause = error instanceof Error ? error.name : "unknown";
      ports.log.warn("A step after connecting failed", { step, cause });
    });
  }
}
