import { localBundle } from "../../packages/sandbox/src/install-plugin.ts";
import { buildBaseline } from "../cost/baseline.ts";
import { before, type Figure, limited, ours, relative, told } from "../cost/compared.ts";
import {
  atOnce,
  groups,
  held,
  ownChats,
  pairs,
  steadily,
  strangersChats,
  unposted,
  unrelatedPerSecond,
} from "../cost/loads.ts";
import { openSide, type Side, type Spent } from "../cost/side.ts";
import type { Reader } from "../reader.ts";
import { Readings } from "../readings.ts";
import { count, megabytes, milliseconds, type Row, seconds } from "../row.ts";
import { quantile } from "../statistics.ts";

const people = 20;
const groupSize = 5;
/** Both plugins are measured in turn, so often each. */
const rounds = 3;
/** Code reaches its speed and connections are opened. */
const warmUp = { postsPerSecond: 100, ms: 6_000 } as const;
const calmly = { postsPerSecond: 5, ms: 6_000 } as const;
const briskly = { postsPerSecond: 50, ms: 6_000 } as const;
/** More than a batch of any kind in the plugin, so that it is never short of work. */
const held100 = { underWay: 100, ms: 5_000 } as const;
const unpostedLoad = { perSecond: 50, ms: 4_000 } as const;
const unrelated = { underWay: 200, messages: 3_000 } as const;
const strangers = 200;
/** A process that has just started still frees what starting took. */
const settlingMs = 5_000;
const burstMessages = 8_000;
const burstLookMs = 100;
const laterMs = 60_000;

/** A clock's resolution and the machine's other work: by less one cannot say that anything is slower. */
const latencyTolerance = { share: 0.1, ms: 1 } as const;

interface Named {
  readonly name: typeof ours | typeof before;
  readonly bundle: string;
}

/** What a message costs, beside the same of the plugin before, each alone at a time. */
export async function cost({ alone }: { readonly alone: boolean }): Promise<readonly Row[]> {
  if (process.platform !== "linux") {
    console.error("cost: left out, processor time is read from /proc");
    return [];
  }
  using baseline = alone ? undefined : buildBaseline();
  const plugins: Named[] = [{ name: ours, bundle: localBundle() }];
  if (baseline !== undefined) plugins.unshift({ name: before, bundle: baseline.bundle });
  const readings = new Readings();
  await ofConnectedPeople(plugins, readings, alone ? 1 : rounds);
  await ofTheTenant(plugins, readings, alone ? 1 : rounds);
  return rowsOf(readings);
}

/** Opens a side for each plugin and closes them at the end. */
async function beside(
  plugins: readonly Named[],
  options: { readonly people: number; readonly scope: "users" | "tenant" },
  measure: (sides: readonly (readonly [name: string, side: Side])[]) => Promise<void>,
): Promise<void> {
  await using opened = new AsyncDisposableStack();
  const sides: [string, Side][] = [];
  for (const { name, bundle } of plugins) {
    sides.push([name, opened.use(await openSide({ ...options, bundle }))]);
  }
  await measure(sides);
}

async function ofConnectedPeople(
  plugins: readonly Named[],
  readings: Readings,
  rounds: number,
): Promise<void> {
  await beside(plugins, { people, scope: "users" }, async (sides) => {
    await new Promise((resolve) => setTimeout(resolve, settlingMs));
    for (const [name, side] of sides) readings.add("idle rss", name, await side.residentBytes());
    const chats = new Map(
      sides.map(([name, side]) => [
        name,
        { pairs: pairs(side), groups: groups(side, groupSize), own: ownChats(side) },
      ]),
    );
    const inTurn = async (act: (name: string, side: Side, of: Chats) => Promise<void>): Promise<void> => {
      for (let round = 0; round < rounds; round += 1)
        for (const [name, side] of sides) {
          const of = chats.get(name);
          if (of !== undefined) await act(name, side, of);
        }
    };
    for (const [name, side] of sides) await steadily(side, chats.get(name)?.pairs ?? [], warmUp);
    await inTurn((name, side, of) => delivered("pairs", name, side, of.pairs, readings));
    for (const [name, side] of sides) await steadily(side, chats.get(name)?.groups ?? [], warmUp);
    await inTurn((name, side, of) => delivered("groups", name, side, of.groups, readings));
    await inTurn((name, side, of) => withoutPost("own", name, side, of.own, readings));
    await inTurn(async (name, side, of) => {
      for (const id of side.connected) side.tenant.presences.set(id, { availability: "Available" });
      await withoutPost("suppressed", name, side, of.pairs, readings);
      for (const id of side.connected) side.tenant.presences.set(id, { availability: "Away" });
    });
    for (const [name, side] of sides) await burst(name, side, chats.get(name)?.pairs ?? [], readings);
    if (sides.length === 1) await tellStatements(sides[0]?.[1]);
  });
}

interface Chats {
  readonly pairs: readonly Reader[];
  readonly groups: readonly Reader[];
  readonly own: readonly Reader[];
}

/** Each notification comes in a request of its own, as from many chats in which little is said. */
async function ofTheTenant(plugins: readonly Named[], readings: Readings, rounds: number): Promise<void> {
  await beside(plugins, { people: 1, scope: "tenant" }, async (sides) => {
    for (const [, side] of sides) side.tenant.deliverySettings.maxItemsPerPost = 1;
    const chats = new Map(sides.map(([name, side]) => [name, strangersChats(side, strangers)]));
    for (let round = 0; round <= rounds; round += 1)
      for (const [name, side] of sides) {
        const spentBefore = await side.spent();
        const perSecond = await unrelatedPerSecond(side, chats.get(name) ?? [], unrelated);
        // The first time is for warming up.
        if (round === 0) continue;
        readings.add("unrelated per second", name, perSecond);
        note("unrelated", name, spentBefore, await side.spent(), unrelated.messages, readings);
      }
  });
}

async function delivered(
  load: string,
  name: string,
  side: Side,
  chats: readonly Reader[],
  readings: Readings,
): Promise<void> {
  const calm = await steadily(side, chats, calmly);
  latencies(`${load} ${calmly.postsPerSecond}/s`, name, calm.latenciesMs, readings);
  const spentBefore = await side.spent();
  const brisk = await steadily(side, chats, briskly);
  note(load, name, spentBefore, await side.spent(), brisk.posts, readings);
  latencies(`${load} ${briskly.postsPerSecond}/s`, name, brisk.latenciesMs, readings);
  readings.add(`${load} held`, name, await held(side, chats, held100));
}

async function withoutPost(
  load: string,
  name: string,
  side: Side,
  chats: readonly Reader[],
  readings: Readings,
): Promise<void> {
  const spentBefore = await side.spent();
  const messages = await unposted(side, chats, unpostedLoad);
  note(load, name, spentBefore, await side.spent(), messages, readings);
}

/** The most memory that was seen in a burst and what is left of it a minute later. */
async function burst(name: string, side: Side, chats: readonly Reader[], readings: Readings): Promise<void> {
  let mostBytes = 0;
  const look = async (): Promise<void> => {
    mostBytes = Math.max(mostBytes, await side.residentBytes());
  };
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, burstLookMs));
    }
  })();
  const startedMs = performance.now();
  await atOnce(side, chats, burstMessages).finally(() => {
    isOver = true;
  });
  readings.add("burst time", name, performance.now() - startedMs);
  await looking;
  readings.add("burst rss", name, mostBytes);
  await new Promise((resolve) => setTimeout(resolve, laterMs));
  readings.add("later rss", name, await side.residentBytes());
}

function latencies(load: string, name: string, valuesMs: readonly number[], readings: Readings): void {
  readings.add(`${load} p50`, name, quantile(valuesMs, 0.5));
  readings.add(`${load} p95`, name, quantile(valuesMs, 0.95));
}

function note(
  load: string,
  name: string,
  earlier: Spent,
  later: Spent,
  messages: number,
  readings: Readings,
): void {
  for (const key of Object.keys(later) as (keyof Spent)[])
    readings.add(`${load} ${key}`, name, (later[key] - earlier[key]) / messages);
}

const each = (value: number): string => value.toFixed(1);
const eachMs = (value: number): string => `${value.toFixed(2)} ms`;

/** What happens now and then, such as counting the inbox, is not taken off: by so little one message in twenty differs. */
const tolerance = 0.05;

function rowsOf(readings: Readings): readonly Row[] {
  const loads = [
    { load: "pairs", name: "One-on-one, both connected" },
    { load: "groups", name: `Group of ${groupSize}, all connected` },
  ];
  const figure = (what: string, measure: string, format: (value: number) => string): Figure => ({
    what,
    measure,
    format,
  });
  return [
    ...loads.flatMap(({ load, name }) => [
      limited(readings, figure(`${load} statements`, `${name}: statements per post`, each), {
        atMost: 4,
        tolerance,
      }),
      limited(readings, figure(`${load} apiCalls`, `${name}: calls to Mattermost per post`, each), {
        atMost: 2,
        tolerance,
      }),
      relative(readings, figure(`${load} postgresMs`, `${name}: PostgreSQL's CPU per post`, eachMs), {
        atMost: 1 / 4,
      }),
      relative(readings, figure(`${load} pluginMs`, `${name}: the plugin's CPU per post`, eachMs), {
        atMost: 1 / 3,
      }),
      told(readings, figure(`${load} mattermostMs`, `${name}: Mattermost's CPU per post`, eachMs)),
      told(readings, figure(`${load} tenantMs`, `${name}: the tenant's CPU per post`, eachMs)),
      relative(readings, figure(`${load} held`, `${name}: posts per second, held`, count), { atLeast: 1.5 }),
      ...[calmly, briskly].flatMap(({ postsPerSecond }) =>
        ["p50", "p95"].map((share) =>
          notSlower(
            readings,
            figure(
              `${load} ${postsPerSecond}/s ${share}`,
              `${name}, ${postsPerSecond} posts per second: ${share}`,
              milliseconds,
            ),
          ),
        ),
      ),
    ]),
    limited(readings, figure("suppressed statements", "Suppressed message: statements", each), {
      atMost: 2,
      tolerance,
    }),
    relative(readings, figure("suppressed pluginMs", "Suppressed message: the plugin's CPU", eachMs), {
      atMost: 1,
    }),
    limited(readings, figure("own statements", "A person's own message: statements", each), {
      atMost: 0,
      tolerance,
    }),
    limited(readings, figure("unrelated statements", "Whole tenant, unrelated message: statements", each), {
      atMost: 0,
      tolerance,
    }),
    told(readings, figure("unrelated pluginMs", "Whole tenant, unrelated message: the plugin's CPU", eachMs)),
    told(
      readings,
      figure("unrelated postgresMs", "Whole tenant, unrelated message: PostgreSQL's CPU", eachMs),
    ),
    relative(readings, figure("unrelated per second", "Whole tenant, unrelated messages per second", count), {
      atLeast: 3,
    }),
    limited(readings, figure("idle rss", `Memory (RSS), idle, ${people} people connected`, megabytes), {
      atMost: 80e6,
    }),
    limited(
      readings,
      figure("burst rss", `Memory (RSS), most in a burst of ${count(burstMessages)} messages`, megabytes),
      { atMost: 180e6 },
    ),
    limited(readings, figure("later rss", "Memory (RSS), a minute after the burst", megabytes), {
      atMost: 110e6,
    }),
    told(readings, figure("burst time", `Burst of ${count(burstMessages)} messages: time`, seconds)),
  ];
}

/** Latency that must not be worse than before. */
function notSlower(readings: Readings, figure: Figure): Row {
  const row = told(readings, figure);
  const [own, others] = [readings.of(figure.what, ours), readings.of(figure.what, before)];
  if (others.length === 0) return row;
  const allowedMs = quantile(others, 0.5) * (1 + latencyTolerance.share) + latencyTolerance.ms;
  return { ...row, target: `≤ ${milliseconds(allowedMs)}`, met: quantile(own, 0.5) <= allowedMs };
}

/** For whoever works on the cost: what was executed how often, the most expensive first. */
async function tellStatements(side: Side | undefined): Promise<void> {
  const statements = (await side?.statements()) ?? [];
  for (const { text, calls, totalMs } of statements.slice(0, 20)) {
    const start = text.replaceAll(/\s+/g, " ").slice(0, 90);
    console.error(`${calls} × ${(totalMs / calls).toFixed(3)} ms  ${start}`);
  }
}
