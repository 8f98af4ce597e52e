import type { Connection } from "../../domain/connection.ts";
import type { ConnectionPorts } from "./connection-ports.ts";
import type { PendingSignIn } from "./sign-in-store.ts";
import { connectedText } from "./wording.ts";

/** Tells a person who signed in once more that it ended well, where the link to it was shown. What fails is logged. */
export async function replaceLink(
  { ephemeral, log }: ConnectionPorts,
  { userId, teamsAccount }: Connection,
  { channelId, rootId, ephemeralPostId }: Pick<PendingSignIn, "channelId" | "rootId" | "ephemeralPostId">,
): Promise<void> {
  if (channelId === undefined || ephemeralPostId === undefined) return;
  const post = { id: ephemeralPostId, message: connectedText(teamsAccount) };
  await ephemeral.update(userId, { channelId, rootId }, post).catch((error: unknown) => {
    const cause = error instanceof Error ? error.name : "unknown";
    log.warn("The link to a sign-in could not be replaced", { cause });
  });
}
