import { withinLimit } from "../../domain/choices.ts";
import type { Connection } from "../../domain/connection.ts";
import type { DeliveryKey } from "../deliveries/delivery-log.ts";
import { TemporaryFailure } from "../work-failure.ts";
import { decideChange } from "./change-decision.ts";
import { postKey } from "./deliver.ts";
import { type EntryParts, type MessageInHand, timesOf } from "./message-in-hand.ts";
import { type PostPart, readParts, writeParts } from "./post-parts.ts";
import { retelling } from "./retelling.ts";

/**
 * Brings the post of one message for one person up to what stands in Teams; notifies nobody and delivers nothing. The
 * state that the post shows stands in the post, so doing it twice, or after a crash, changes nothing more. Throws when
 * it must be tried again.
 */
export async function followChange<Message>(
  parts: EntryParts<Message>,
  hand: MessageInHand<Message>,
  reader: Connection,
): Promise<void> {
  const { facts } = hand;
  const key: DeliveryKey = { chatId: facts.chatId, messageId: facts.messageId, userId: reader.userId };
  const record = await parts.deliveries.find(key);
  const nowMs = parts.clock.now();
  const step = decideChange(facts, record, { connectedAtMs: reader.connectedAtMs, nowMs });
  switch (step.kind) {
    case "wait":
      throw new TemporaryFailure("A message was changed while it is being posted.");
    case "note":
      await parts.deliveries.noteChange(key, facts.changedAtMs, timesOf(hand));
      return count(parts, "noted");
    case "leave":
      return count(parts, step.reason);
    case "rewrite":
      return count(parts, await rewrite(parts, hand, reader, { key, postId: step.postId }));
  }
}

type Rewritten = "rewritten" | "unchanged" | "outdated" | "post-gone" | "post-altered";

async function rewrite<Message>(
  parts: EntryParts<Message>,
  hand: MessageInHand<Message>,
  reader: Connection,
  { key, postId }: { readonly key: DeliveryKey; readonly postId: string },
): Promise<Rewritten> {
  const { rules, posts, deliveries } = parts;
  const { changedAtMs, isWithdrawn } = hand.facts;
  const post = await posts.read(postId);
  // Whoever deleted it does not want it back.
  if (post === undefined) return "post-gone";
  const shown = readParts(post);
  const part = shown?.find((each) => each.key === postKey(key));
  if (shown === undefined || part === undefined) {
    parts.log.warn("The text of a post was changed by others, so that a change in Teams could not be shown");
    return "post-altered";
  }
  // An earlier attempt may have ended between the post and what follows it.
  if (part.changedAtMs === changedAtMs) await follow(parts, hand, reader, { key, shown: part.shown });
  if (part.changedAtMs >= changedAtMs) return "outdated";
  const extent = withinLimit("show", part.shown, parts.limits.show);
  const fingerprint = rules.fingerprint(hand.message, extent);
  if (part.fingerprint === fingerprint) {
    // A reaction. Not worth another version of the post, but what was changed before it must not be shown any more.
    await deliveries.noteChange(key, changedAtMs, timesOf(hand));
    return "unchanged";
  }
  const { retold } = await retelling(parts, hand, reader, { ...part, shown: extent });
  // The files of a message that is gone, or of which less is shown, go with it.
  const copied = isWithdrawn || extent !== "whole" ? [] : part.copied;
  const changed = { ...retold(part, shown, copied), changedAtMs, isWithdrawn, fingerprint };
  const written = writeParts(shown.map((each) => (each === part ? changed : each)));
  // With the text in one call: what a message brought does not outlive it, whatever happens next.
  const takesFiles = isWithdrawn || extent !== part.shown;
  const withdrawn = takesFiles ? { key: part.key, fileIds: await parts.files.filesOf(key) } : undefined;
  if ((await posts.rewrite(postId, { ...written, withdrawn })) === "gone") return "post-gone";
  await follow(parts, hand, reader, { key, shown: extent });
  return "rewritten";
}

/** A message that comes back brings its files again: those that its post had are deleted. */
async function follow<Message>(
  parts: EntryParts<Message>,
  hand: MessageInHand<Message>,
  reader: Connection,
  { key, shown }: { readonly key: DeliveryKey; readonly shown: PostPart["shown"] },
): Promise<void> {
  if (hand.facts.isWithdrawn) await parts.files.forget(key);
  else if (shown === "whole") await parts.afterPosting(hand, reader);
}

function count<Message>({ metrics }: EntryParts<Message>, result: string): void {
  metrics.count("changes", { result });
}
