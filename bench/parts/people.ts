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
/** Who asks for nothing for so long has nothing to do. */
const quietMs = 10_000;
const quietLimitMs = 20 * 60_000;
/** What comes in a quarter of an hour is measured in shares: of rest so long. */
const restMs = 60_000;
const quarterMs = 15 * 60_000;
/** The comparison with Graph begins at each quarter of an hour by the clock. */
const beforeQuarterMs = 2_000;
/** Everybody's messages are read each half hour, and Graph asks for each subscription to be renewed about every hour. */
const readIn = 1 / 2;
const renewedIn = 1 / 4;
/** So many readings and renewals are measured, or half of the people where that is less. */
const mostMeasured = 1_000;
const perListPage = 100;
/** At Graph's pace each of them takes a minute and a half at most. */
const recurringLimitMs = 5 * 60_000;
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
  await graph.quiet();
  const memory = await side.residentBytes();
  // Before the readings, which go on for a while.
  const { latenciesMs } = await steadily(side, chatsOf(side, teamsIds), load);
  const standing = await standingStill(side, graph, people);
  const name = `${count(people)} people connected`;
  const still = `${name}, a quarter of an hour of standing still`;
  return [
    {
      measure: `${name}: until all are subscribed`,
      result: seconds(subscribedMs),
      target: `≤ ${seconds(allowedMs)}`,
      met: subscribedMs <= allowedMs,
    },
    { measure: `${name}: memory (RSS) when all are`, result: megabytes(memory) },
    { measure: `${still}: the plugin's CPU`, result: seconds(standing.pluginMs) },
    { measure: `${still}: PostgreSQL's CPU`, result: seconds(standing.postgresMs) },
    { measure: `${still}: statements`, result: count(standing.statements) },
    { measure: `${still}: calls to Mattermost`, result: count(standing.apiCalls) },
    { measure: `${still}: requests to Graph`, result: count(standing.requests) },
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
    await sleep(lookEveryMs);
  }
  return performance.now() - startedMs;
}

type Standing = Pick<Spent, "pluginMs" | "postgresMs" | "statements" | "apiCalls"> & {
  readonly requests: number;
};

/**
 * A quarter of an hour, put together from what comes in it: rest, one comparison with Graph's list of subscriptions, half of
 * the people read and a quarter of the subscriptions renewed. In real time their turns would come once in an hour.
 */
async function standingStill(side: Side, graph: AskedOfGraph, people: number): Promise<Standing> {
  const some = Math.min(mostMeasured, Math.ceil(people / 2));
  await sleep(quarterMs - (Date.now() % quarterMs) - beforeQuarterMs);
  const comparison = await spentOn(side, graph, () =>
    graph.next("subscriptionPages", Math.ceil(people / perListPage)),
  );
  await graph.quiet();
  const rest = await spentOn(side, graph, () => sleep(restMs));
  const renewals = await spentOn(side, graph, async () => {
    const renewed = graph.next("renewals", some);
    const { subscriptions, lifecycle } = side.tenant;
    for (const each of subscriptions.all.slice(0, some)) lifecycle.notify(each, "reauthorizationRequired");
    await renewed;
  });
  const readings = await spentOn(side, graph, async () => {
    const read = graph.next("readings", some);
    await side.catchUp();
    await read;
  });
  const sum = (key: keyof Standing): number =>
    (rest[key] * quarterMs) / restMs +
    comparison[key] +
    (renewals[key] * people * renewedIn) / some +
    (readings[key] * people * readIn) / some;
  return {
    pluginMs: sum("pluginMs"),
    postgresMs: sum("postgresMs"),
    statements: sum("statements"),
    apiCalls: sum("apiCalls"),
    requests: sum("requests"),
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function spentOn(side: Side, graph: AskedOfGraph, work: () => Promise<void>): Promise<Standing> {
  const [before, asked] = [await side.spent(), graph.count];
  await work();
  const after = await side.spent();
  return {
    pluginMs: after.pluginMs - before.pluginMs,
    postgresMs: after.postgresMs - before.postgresMs,
    statements: after.statements - before.statements,
    apiCalls: after.apiCalls - before.apiCalls,
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

/** Requests that come again and again, by method and path. */
const recurring = {
  subscriptionPages: /^GET .*\/subscriptions$/,
  renewals: /^PATCH .*\/subscriptions\//,
  readings: /^GET .*getAllMessages/,
} as const;

/** Counts the requests that Graph answered. */
class AskedOfGraph implements Disposable {
  count = 0;
  refused = 0;
  #heard: (request: string) => void = () => {};
  readonly #listening: Disposable;

  constructor({ tenant }: Side) {
    this.#listening = tenant.requests.events.listen(({ method, path, status }) => {
      this.count += 1;
      if (status === 429) this.refused += 1;
      this.#heard(`${method} ${path}`);
    });
  }

  /** Resolves when nothing has been asked for a while. */
  async quiet(): Promise<void> {
    const untilMs = performance.now() + quietLimitMs;
    for (let before = -1; before !== this.count; ) {
      if (performance.now() > untilMs) throw new Error("Graph is asked without a pause.");
      before = this.count;
      await sleep(quietMs);
    }
  }

  /** Resolves when so many of a kind have been answered from now on. */
  next(kind: keyof typeof recurring, count: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let left = count;
    const limit = setTimeout(
      () => reject(new Error(`Graph was asked for ${count - left} of ${count} ${kind}.`)),
      recurringLimitMs,
    );
    this.#heard = (request) => {
      if (!recurring[kind].test(request)) return;
      left -= 1;
      if (left > 0) return;
      clearTimeout(limit);
      resolve();
    };
    return promise;
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }
}
