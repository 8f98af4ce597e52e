import type { Ending } from "../../application/deliveries/delivery-log.ts";
import { schema } from "./database.ts";

/**
 * Ends deliveries, with the values of {@link endingValues}. What was delivered stays delivered. Sorting by key gives concurrent
 * statements one order of locks. The time of one that was being posted stays that of its intent: no index has to change.
 */
export const endingsStatement = `
INSERT INTO ${schema}.deliveries AS known (chat_id, message_id, user_id, state, reason, post_id, times, ended_at_ms)
SELECT chat_id, message_id, user_id, state, reason, post_id, times::jsonb, $8::bigint
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
  AS ending (chat_id, message_id, user_id, state, reason, post_id, times)
ORDER BY chat_id, message_id, user_id
ON CONFLICT (chat_id, message_id, user_id) DO UPDATE SET state = excluded.state, reason = excluded.reason,
  post_id = excluded.post_id, times = excluded.times, intended_at_ms = NULL,
  ended_at_ms = CASE known.state WHEN 'posting' THEN known.ended_at_ms ELSE excluded.ended_at_ms END
WHERE known.state <> 'delivered'`;

/** One array for each column. */
export function endingValues(all: readonly Ending[], nowMs: number): readonly unknown[] {
  const endings = lastOfEach(all);
  return [
    endings.map(({ key }) => key.chatId),
    endings.map(({ key }) => key.messageId),
    endings.map(({ key }) => key.userId),
    endings.map(({ outcome }) => outcome.kind),
    endings.map(({ outcome }) => (outcome.kind === "delivered" ? (outcome.because ?? null) : outcome.reason)),
    endings.map(({ outcome }) => (outcome.kind === "delivered" ? outcome.postId : null)),
    endings.map(({ times }) => JSON.stringify(times)),
    nowMs,
  ];
}

/** No statement may touch a row twice: what ended more than once did so as it would in one statement after another. */
function lastOfEach(endings: readonly Ending[]): readonly Ending[] {
  const last = new Map<string, Ending>();
  for (const ending of endings) {
    const { chatId, messageId, userId } = ending.key;
    const name = JSON.stringify([chatId, messageId, userId]);
    if (last.get(name)?.outcome.kind !== "delivered") last.set(name, ending);
  }
  return [...last.values()];
}
