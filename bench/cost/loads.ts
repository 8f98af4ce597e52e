import { Observation } from "../observation.ts";
import type { Reader } from "../reader.ts";
import type { Side } from "./side.ts";

/** A post is waited for so long; then it is lost. */
const limitMs = 60_000;
/** What a message leaves behind when its post is there is done by then. */
const tailMs = 300;
/** What is said of a steady state begins so long after its load. */
const rampMs = 1_500;
/** How often the number of messages under way is looked at and filled up. */
const fillEveryMs = 2;

/** Each connected person writes to the next, so everybody reads in one chat and writes in another. */
export function pairs({ tenant, connected }: Side): readonly Reader[] {
  return connected.flatMap((colleagueId, number) => {
    const readerId = connected[(number + 1) % connected.length];
    if (readerId === undefined) return [];
    const { id } = tenant.conversations.create({ chatType: "oneOnOne", memberIds: [colleagueId, readerId] });
    return [{ chatId: id, colleagueId, people: 1 }];
  });
}

/** Groups of so many connected people, one of whom writes. */
export function groups({ tenant, connected }: Side, size: number): readonly Reader[] {
  const made: Reader[] = [];
  for (let first = 0; first + size <= connected.length; first += size) {
    const memberIds = connected.slice(first, first + size);
    const { id } = tenant.conversations.create({ chatType: "group", memberIds, topic: `Quay ${first}` });
    const [colleagueId = ""] = memberIds;
    made.push({ chatId: id, colleagueId, people: size - 1 });
  }
  return made;
}

/** Chats of two with the writer connected: what comes there is their own. */
export function ownChats({ tenant, connected }: Side): readonly Reader[] {
  const stranger = tenant.directory.addUser({ displayName: "Noor Haddad" });
  return connected.map((colleagueId) => {
    const memberIds = [colleagueId, stranger.id];
    const { id } = tenant.conversations.create({ chatType: "oneOnOne", memberIds });
    return { chatId: id, colleagueId, people: 0 };
  });
}

/** Chats of two people nobody of whom is connected. */
export function strangersChats({ tenant }: Side, count: number): readonly Reader[] {
  const ids = Array.from(
    { length: count + 1 },
    (_, number) => tenant.directory.addUser({ displayName: `Stranger ${number}` }).id,
  );
  return ids.slice(1).flatMap((readerId, number) => {
    const colleagueId = ids[number] ?? "";
    const memberIds = [colleagueId, readerId];
    const { id } = tenant.conversations.create({ chatType: "oneOnOne", memberIds });
    return [{ chatId: id, colleagueId, people: 0 }];
  });
}

/** Messages of one load that went well. Throws when a post is missing or was made twice. */
export interface Course {
  readonly latenciesMs: readonly number[];
  readonly posts: number;
}

/** So many posts a second are asked for, evenly, in chats of the same size; messages reach the chats in turn. */
export async function steadily(
  { ends }: Side,
  chats: readonly Reader[],
  load: { readonly postsPerSecond: number; readonly ms: number },
): Promise<Course> {
  using observation = new Observation(ends);
  const everyMs = (1_000 * (chats[0]?.people ?? 1)) / load.postsPerSecond;
  await evenly(load.ms, everyMs, (number) => sendTo(observation, chats, number));
  return await ended(observation);
}

/** As many posts a second as come while so many are always under way, in the steady state. */
export async function held(
  { ends }: Side,
  chats: readonly Reader[],
  load: { readonly underWay: number; readonly ms: number },
): Promise<number> {
  using observation = new Observation(ends);
  const startedMs = performance.now();
  const elapsedMs = (): number => performance.now() - startedMs;
  let sent = 0;
  const fillFor = async (ms: number): Promise<void> => {
    while (elapsedMs() < ms) {
      while (observation.missing < load.underWay) sendTo(observation, chats, sent++);
      await sleep(fillEveryMs);
    }
  };
  await fillFor(rampMs);
  const [before, beganMs] = [observation.posts, elapsedMs()];
  await fillFor(rampMs + load.ms);
  const perSecond = (1_000 * (observation.posts - before)) / (elapsedMs() - beganMs);
  await ended(observation);
  return perSecond;
}

/** All messages in one turn of the event loop; resolves when the last post is there. */
export async function atOnce({ ends }: Side, chats: readonly Reader[], messages: number): Promise<Course> {
  using observation = new Observation(ends);
  for (let number = 0; number < messages; number += 1) sendTo(observation, chats, number);
  return await ended(observation, 5 * limitMs);
}

/** So many messages a second that become no post; resolves to their number when nothing waits any more. */
export async function unposted(
  side: Side,
  chats: readonly Reader[],
  load: { readonly perSecond: number; readonly ms: number },
): Promise<number> {
  const answered = new Answered(side);
  using _answered = answered;
  const sent = await evenly(load.ms, 1_000 / load.perSecond, (number) => write(side, chats, number));
  await answered.reached(sent);
  await workedOff(side);
  return sent;
}

/** As many notifications a second of chats of strangers as are worked off while so many wait for their answer. */
export async function unrelatedPerSecond(
  side: Side,
  chats: readonly Reader[],
  load: { readonly underWay: number; readonly messages: number },
): Promise<number> {
  using answered = new Answered(side);
  const startedMs = performance.now();
  for (let sent = 0; sent < load.messages; ) {
    while (sent < load.messages && sent - answered.count < load.underWay) write(side, chats, sent++);
    await sleep(fillEveryMs);
  }
  await answered.reached(load.messages);
  await workedOff(side);
  return (1_000 * load.messages) / (performance.now() - startedMs);
}

/** Counts the notifications that the plugin has accepted. */
class Answered implements Disposable {
  count = 0;
  readonly #listening: Disposable;

  constructor({ ends }: Side) {
    this.#listening = ends.deliveries.listen((event) => {
      if (event.kind === "delivered") this.count += event.subjects.length;
    });
  }

  async reached(count: number): Promise<void> {
    const untilMs = performance.now() + limitMs;
    while (this.count < count) {
      if (performance.now() > untilMs) throw new Error(`${count - this.count} notifications had no answer.`);
      await sleep(fillEveryMs);
    }
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }
}

/** Asking costs the plugin a statement or two: often enough to time a load of seconds. */
const askEveryMs = 100;

/** Resolves when no notification waits in the inbox. */
async function workedOff(side: Side): Promise<void> {
  const untilMs = performance.now() + limitMs;
  while ((await side.metric("inbox_pending")) > 0) {
    if (performance.now() > untilMs) throw new Error("The inbox did not become empty.");
    await sleep(askEveryMs);
  }
}

function write({ ends }: Side, chats: readonly Reader[], number: number): void {
  const chat = chats[number % chats.length];
  if (chat === undefined) return;
  ends.conversations.send(chat.chatId, { from: { userId: chat.colleagueId }, html: `<p>Bale ${number}</p>` });
}

function sendTo(observation: Observation, chats: readonly Reader[], number: number): void {
  const chat = chats[number % chats.length];
  if (chat !== undefined) observation.send(chat);
}

/** Acts at even distances; resolves to how often. */
async function evenly(forMs: number, everyMs: number, act: (number: number) => void): Promise<number> {
  const startedMs = performance.now();
  let done = 0;
  for (; done * everyMs < forMs; done += 1) {
    await sleep(Math.max(0, startedMs + done * everyMs - performance.now()));
    act(done);
  }
  return done;
}

async function ended(observation: Observation, withinMs = limitMs): Promise<Course> {
  await observation.complete(withinMs);
  await sleep(tailMs);
  const { missing, repeated, posts, latenciesMs } = observation;
  if (missing > 0 || repeated > 0)
    throw new Error(`Of ${posts + missing} posts ${missing} are missing, and ${repeated} were made again.`);
  return { latenciesMs, posts };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
