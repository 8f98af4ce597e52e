import type { ChatMessage } from "../../domain/chat-message.ts";
import type { Connection } from "../../domain/connection.ts";
import type { DeliveryKey } from "../deliveries/delivery-log.ts";
import type { InboxWork } from "../inbox/inbox.ts";
import type { BotPost, Retell } from "../mattermost/bot-posts.ts";
import { copyMark } from "../notifications/chat-message-rules.ts";
import { postKey } from "../notifications/deliver.ts";
import { readParts, writeParts } from "../notifications/post-parts.ts";
import { type RetellingParts, retelling } from "../notifications/retelling.ts";
import type { Copied } from "./copying-ports.ts";

export interface Retold {
  readonly reader: Connection;
  readonly message: ChatMessage;
  readonly key: DeliveryKey;
  /** The post as it was read a moment ago. */
  readonly post: BotPost;
}

/**
 * How the text of a post changes with the files on it: what hangs there is not named above as well, what could not be
 * copied is. A text that shows another state of the message than this one stays, as the work of that state follows; so
 * does one whose chat cannot be looked up now.
 */
export async function retellCopied(
  parts: RetellingParts<ChatMessage>,
  work: InboxWork,
  { reader, message, key, post }: Retold,
): Promise<(known: ReadonlyMap<string, Copied>) => Retell> {
  const { rules } = parts;
  const facts = rules.facts(message);
  // Files hang on posts that show the whole message, and on no others.
  const fingerprint = rules.fingerprint(message, "whole");
  const partIn = (standing: Pick<BotPost, "message" | "props">) => {
    const shown = readParts(standing);
    const part = shown?.find((each) => each.key === postKey(key));
    const isThisState = part?.fingerprint === fingerprint && !part.isWithdrawn;
    return shown !== undefined && part !== undefined && isThisState ? { shown, part } : undefined;
  };
  const standing = partIn(post)?.part;
  if (standing === undefined) return () => () => undefined;
  const hand = { work, message, facts, startedAtMs: work.storedAtMs, decryptedAtMs: work.storedAtMs };
  const { isWhole, retold } = await retelling(parts, hand, reader, standing);
  if (!isWhole) return () => () => undefined;
  return (known) => (standing, fileIds) => {
    const { shown, part } = partIn(standing) ?? {};
    if (shown === undefined || part === undefined) return undefined;
    const copied = [...known].flatMap(([copyableKey, each]) =>
      each.kind === "copied" && fileIds.includes(each.fileId) ? [copyMark(copyableKey)] : [],
    );
    const changed = retold(part, shown, copied);
    return writeParts(shown.map((each) => (each === part ? changed : each)));
  };
}
