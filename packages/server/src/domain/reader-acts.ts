import { listOf, objectOf, textOf, timeMsOf } from "./graph-json.ts";

/**
 * When a person last did something to a chat message that Graph sent: wrote it, edited it or reacted to it, milliseconds
 * since 1970 UTC; undefined when they did nothing. Who does that has read what stands above it in the chat. Teams can
 * send a message at a time chosen in advance, so in other chats it proves nothing.
 */
export function lastActAt(json: unknown, teamsUserId: string): number | undefined {
  const message = objectOf(json);
  if (message === undefined) return undefined;
  const isOwn = isPerson(message.from, teamsUserId);
  const times = [
    ...(isOwn ? [timeMsOf(message.createdDateTime), timeMsOf(message.lastEditedDateTime)] : []),
    ...listOf(message.reactions).map((json) => reactedAt(json, teamsUserId)),
  ].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.max(...times);
}

function reactedAt(json: unknown, teamsUserId: string): number | undefined {
  const reaction = objectOf(json);
  return isPerson(reaction?.user, teamsUserId) ? timeMsOf(reaction?.createdDateTime) : undefined;
}

/** Graph puts an identity set where it names somebody; its casing drifts. */
function isPerson(identities: unknown, teamsUserId: string): boolean {
  const id = textOf(objectOf(objectOf(identities)?.user)?.id);
  return id?.toLowerCase() === teamsUserId.toLowerCase();
}
