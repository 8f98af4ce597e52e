import type { DeliveryRecord } from "../deliveries/delivery-log.ts";
import type { MessageFacts } from "./message-rules.ts";

const dayMs = 24 * 60 * 60_000;

/** Nobody reads a direct message of last week again, and what it says then need not follow Teams any more. */
export const followForMs = 7 * dayMs;

/** As long as Graph may still bring the message itself: it repeats for four hours, and a day back is read again. */
export const awaitForMs = dayMs;

/** What an edit, a deletion or a reaction means for one person's post. */
export type ChangeStep =
  | { readonly kind: "rewrite"; readonly postId: string }
  /** The message did not arrive yet, or may be put back: that this state of it is newer is noted. */
  | { readonly kind: "note" }
  /** It is being posted at this moment. */
  | { readonly kind: "wait" }
  | {
      readonly kind: "leave";
      readonly reason: "never-delivered" | "too-old" | "outdated" | "before-connection";
    };

/** Decides what a changed message means for what is recorded of it. An edit never delivers a message. */
export function decideChange(
  facts: Pick<MessageFacts, "sentAtMs" | "changedAtMs">,
  record: DeliveryRecord | undefined,
  { connectedAtMs, nowMs }: { readonly connectedAtMs: number; readonly nowMs: number },
): ChangeStep {
  const ageMs = nowMs - facts.sentAtMs;
  if (record !== undefined && (record.changedAtMs ?? 0) >= facts.changedAtMs)
    return { kind: "leave", reason: "outdated" };
  const outcome = record?.outcome ?? { kind: "awaited" };
  switch (outcome.kind) {
    case "delivered":
      if (ageMs > followForMs) return { kind: "leave", reason: "too-old" };
      return { kind: "rewrite", postId: outcome.postId };
    case "posting":
      return { kind: "wait" };
    case "suppressed":
      return { kind: "leave", reason: "never-delivered" };
    case "dead":
    case "held":
      return { kind: "note" };
    case "awaited":
      if (facts.sentAtMs < connectedAtMs) return { kind: "leave", reason: "before-connection" };
      return ageMs > awaitForMs ? { kind: "leave", reason: "too-old" } : { kind: "note" };
  }
}
