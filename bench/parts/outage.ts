import { Observation } from "../observation.ts";
import { openOffice } from "../office.ts";
import type { Reader } from "../reader.ts";
import { count, milliseconds, type Row, seconds } from "../row.ts";
import { quantile } from "../statistics.ts";

const people = 20;
const missed = 5_000;
const paceMs = 100;
const messages = 150;
const warmUpMessages = 30;
/** Fewer say nothing about the slowest in twenty. */
const leastMessages = 40;
const allowedRatio = 2;
const limitMs = 300_000;

/**
 * Microsoft announced nothing for a while; then an administrator has everything read. Meanwhile the same people are written
 * to in other chats, whose messages must not wait for what is made up for.
 */
export async function outage(): Promise<readonly Row[]> {
  await using office = await openOffice(people);
  const others = office.openOtherChats();
  await inTurn(others, office.ends, () => false, warmUpMessages);
  const usual = quantile(await inTurn(others, office.ends, () => false, messages), 0.95);
  using late = new Observation(office.ends, "Barrel");
  {
    using _silence = office.loseNotifications();
    for (let number = 0; number < missed; number += 1) {
      const reader = office.readers[number % office.readers.length];
      if (reader !== undefined) late.send(reader);
    }
    await office.quiet();
  }
  const startedMs = performance.now();
  await office.catchUp();
  await late.begun(limitMs);
  const during = await inTurn(others, office.ends, () => late.missing === 0, messages * 10);
  if (during.length < leastMessages)
    throw new Error(`Only ${during.length} messages were sent before everything was made up for.`);
  await late.complete(limitMs);
  const tookMs = performance.now() - startedMs;
  const p95 = quantile(during, 0.95);
  const name = `After an outage with ${count(missed)} missed messages`;
  return [
    { measure: "Notification to post of other chats, p95", result: milliseconds(usual) },
    {
      measure: `${name}: of other chats, p95`,
      result: milliseconds(p95),
      target: `≤ ${milliseconds(allowedRatio * usual)}`,
      met: p95 <= allowedRatio * usual,
    },
    { measure: `${name}: lost`, result: count(late.missing), target: "0", met: late.missing === 0 },
    { measure: `${name}: repeated`, result: count(late.repeated), target: "0", met: late.repeated === 0 },
    { measure: `${name}: until all have arrived`, result: seconds(tookMs) },
  ];
}

/** Writes to people in turn until told to stop, `most` messages at most; resolves to the latencies. */
async function inTurn(
  chats: readonly Reader[],
  ends: ConstructorParameters<typeof Observation>[0],
  isOver: () => boolean,
  most: number,
): Promise<readonly number[]> {
  using observation = new Observation(ends);
  for (let number = 0; number < most && !isOver(); number += 1) {
    const chat = chats[number % chats.length];
    if (chat !== undefined) observation.send(chat);
    await new Promise((resolve) => setTimeout(resolve, paceMs));
  }
  await observation.complete(limitMs);
  if (observation.missing > 0) throw new Error(`${observation.missing} messages became no post.`);
  return observation.latenciesMs;
}
