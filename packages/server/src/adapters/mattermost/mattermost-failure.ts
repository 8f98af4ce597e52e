import { AppError } from "@msteams-notifications/plugin-sdk";
import { MattermostError, type MattermostErrorCode } from "../../application/mattermost/mattermost-error.ts";
import { systemTimers, type Timers } from "../../application/timers.ts";

const notFound = 404;
/** Statuses that would come again for the same call: something in it is not accepted. */
const rejections: ReadonlySet<number> = new Set([400, 401, 403, 405, 409, 413, 415, 422, 501]);

/**
 * Calls take milliseconds; the longest, a post whose link Mattermost looks at first, some seconds. An answer that is
 * later than this will not come, and a lane must not wait for it for ever.
 */
export const answerWithinMs = 15_000;

/** Calls Mattermost; every failure becomes a {@link MattermostError}, its words free of what the call held. */
export async function askMattermost<T>(
  what: string,
  call: () => Promise<T>,
  timers: Timers = systemTimers,
  withinMs = answerWithinMs,
): Promise<T> {
  const late = Promise.withResolvers<never>();
  using _deadline = timers.after(withinMs, () =>
    late.reject(
      new MattermostError("unanswered", `Mattermost was asked to ${what} and did not answer in time.`),
    ),
  );
  try {
    return await Promise.race([call(), late.promise]);
  } catch (cause) {
    if (cause instanceof MattermostError) throw cause;
    throw new MattermostError(codeOf(cause), `Mattermost could not ${what}${reasonOf(cause)}.`, { cause });
  }
}

function codeOf(cause: unknown): MattermostErrorCode {
  if (!(cause instanceof AppError)) return "unavailable";
  if (cause.statusCode === notFound) return "not-found";
  return rejections.has(cause.statusCode) ? "rejected" : "unavailable";
}

/** The translation id names the reason without quoting the message, which may hold what people wrote. */
function reasonOf(cause: unknown): string {
  return cause instanceof AppError ? ` (${cause.id}, status ${cause.statusCode})` : "";
}
