import { localBundle } from "../../packages/sandbox/src/install-plugin.ts";
import { connectCrowd } from "../cost/crowd.ts";
import { steadily } from "../cost/loads.ts";
import { openSide, type Side, type Spent } from "../cost/side.ts";
import type { Reader } from "../reader.ts";
import { count, megabytes, milliseconds, type Row, seconds } from "../row.ts";
import { quantile } from "../statistics.ts";

const people = 10_000;
/** Answers come from another data centre: who waits for each before the next is slower than Graph allows. */
const graphLatencyMs = 100;
/** Graph allows 500 writes of subscriptions in 20 s (facts, section 7); a fifth may stay unused. */
const allowedPerSecond = 25;
const leastShare = 0.8;
const lookEveryMs = 100;
/** Twice the time that is allowed: beyond it something else is wrong. */
const patience = 2;
/** What is begun by the last subscription is over by then. */
const settlingMs = 15_000;
/** So long nothing happens; the figures are for a quarter of an hour, of which this is a fifth. */
const standingMs = 3 * 60_000;
const standingShares = 5;
const readers = 100;
const load = { postsPerSecond: 20, ms: 15_000 } as const;

/** What thousands of connected people cost: subscribing them at Graph's pace, memory, and doing nothing. */
export async function manyPeople(): Promise<readonly Row[]> {
  if (process.platform !== "linux") {
    console.error("people: left out, processor time is read from /proc");
    return [];
  }
  return await ofSoMany(people);
}

/** The same for another number of people. */
export async function ofSoMany(people: number): Promise<readonly Row[]> {
  await using side = await openSide({ bundle: localBundle(), people: 0, scope: "users", throttling: true });
  const teamsIds = await connectCrowd(side, people);
  using graph = new AskedOfGraph(side);
  using _latency = side.tenant.faults.arm({ kind: "latency", ms: graphLatencyMs });
  const subscribedMs = await untilSubscribed(side, people);
  const allowedMs = (1_000 * people) / (allowedPerSecond * leastShare);
  await new Promise((resolve) => setTimeout(resolve, settlingMs));
  const memory = await side.residentBytes();
  const { spent, requests } = await standingStill(side, graph);
  const { latenciesMs } = await steadily(side, chatsOf(side, teamsIds), load);
  const name = `${count(people)} people connected`;
  const standing = `${name}, a quarter of an hour of standing still`;
  return [
    {
      measure: `${name}: until all are subscribed`,
      result: seconds(subscribedMs),
      target: `≤ ${seconds(allowedMs)}`,
      met: subscribedMs <= allowedMs,
    },
    { measure: `${name}: memory (RSS) when all are`, result: megabytes(memory) },
    { measure: `${standing}: the plugin's CPU`, result: seconds(spent.pluginMs * standingShares) },
    { measure: `${standing}: PostgreSQL's CPU`, result: seconds(spent.postgresMs * standingShares) },
    { measure: `${standing}: statements`, result: count(spent.statements * standingShares) },
    { measure: `${standing}: calls to Mattermost`, result: count(spent.apiCalls * standingShares) },
    { measure: `${standing}: requests to Graph`, result: count(requests * standingShares) },
    {
      measure: `${name}: requests that Graph refused (429)`,
      result: count(graph.refused),
      target: "0",
      met: graph.refused === 0,
    },
    ...[0.5, 0.95].map((share) => ({
      measure: `${name}, ${load.postsPerSecond} posts per second, Graph answers after ${graphLatencyMs} ms: p${100 * share}`,
      result: milliseconds(quantile(latenciesMs, share)),
    })),
  ];
}

/** The plugin learns of everybody at once, as after an update; resolves to how long it took. */
async function untilSubscribed(side: Side, people: number): Promise<number> {
  const startedMs = performance.now();
  const giveUpMs = startedMs + 30_000 + (patience * 1_000 * people) / allowedPerSecond;
  await side.restart();
  while (side.tenant.subscriptions.count < people) {
    if (performance.now() > giveUpMs)
      throw new Error(`Only ${side.tenant.subscriptions.count} of ${people} people were subscribed.`);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  return performance.now() - startedMs;
}

async function standingStill(
  side: Side,
  graph: AskedOfGraph,
): Promise<{
  readonly spent: Pick<Spent, "pluginMs" | "postgresMs" | "statements" | "apiCalls">;
  readonly requests: number;
}> {
  const [before, asked] = [await side.spent(), graph.count];
  await new Promise((resolve) => setTimeout(resolve, standingMs));
  const after = await side.spent();
  return {
    spent: {
      pluginMs: after.pluginMs - before.pluginMs,
      postgresMs: after.postgresMs - before.postgresMs,
      statements: after.statements - before.statements,
      apiCalls: after.apiCalls - before.apiCalls,
    },
    requests: graph.count - asked,
  };
}

function chatsOf({ tenant }: Side, teamsIds: readonly string[]): readonly Reader[] {
  const { id: colleagueId } = tenant.directory.addUser({ displayName: "Noor Haddad" });
  const every = Math.max(1, Math.floor(teamsIds.length / readers));
  return teamsIds
    .filter((_, number) => number % every === 0)
    .map((id) => {
      const chat = tenant.conversations.create({ chatType: "oneOnOne", memberIds: [id, colleagueId] });
      return { chatId: chat.id, colleagueId, people: 1 };
    });
}

/** Counts the requests that Graph answered. */
class AskedOfGraph implements Disposable {
  count = 0;
  refused = 0;
  readonly #listening: Disposable;

  constructor({ tenant }: Side) {
    this.#listening = tenant.requests.events.listen(({ status }) => {
      this.count += 1;
      if (status === 429) this.refused += 1;
    });
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }
}
