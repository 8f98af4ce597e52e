import { describe, expect, test } from "bun:test";
import type { Connection } from "../../domain/connection.ts";
import { GraphError, type GraphErrorCode } from "../graph/graph-error.ts";
import type { GraphSubscription, NewGraphSubscription } from "../graph/graph-subscriptions.ts";
import { Subscriptions } from "./subscriptions.ts";
import { ann, MemoryGraph, never, subscriptionsOf } from "./testing/graph.ts";

/** A round with thousands of people takes minutes; what happens in them. */

const people = Array.from({ length: 300 }, (_, number): Connection => {
  const userId = `person${number}x`.padEnd(26, "0");
  return { ...ann, userId, teamsUserId: `teams-${number}` };
});

/** A Graph that does something before it makes a subscription. */
class EventfulGraph extends MemoryGraph {
  readonly #before: (made: number) => void | Promise<void>;
  #asked = 0;
  constructor(before: (asked: number) => void | Promise<void>) {
    super();
    this.#before = before;
  }
  override async create(request: NewGraphSubscription): Promise<GraphSubscription> {
    this.#asked += 1;
    await this.#before(this.#asked);
    return super.create(request);
  }
}

function roundWith(
  before: (asked: number, world: ReturnType<typeof subscriptionsOf>) => void | Promise<void>,
) {
  const world = subscriptionsOf(...people);
  const graph = new EventfulGraph((asked) => before(asked, world));
  return { ...world, graph, subscriptions: new Subscriptions({ ...world.parts, graph }) };
}

test("who disconnects during a round is not subscribed by it", async () => {
  const last = people.at(-1) ?? ann;
  const { subscriptions, graph } = roundWith(async (asked, { connections }) => {
    if (asked === 10) await connections.remove(last.userId);
  });
  expect(await subscriptions.reconcile(never)).toEqual({ changes: 300, failures: 0 });
  expect(graph.all.size).toBe(299);
  expect([...graph.all.values()].map(({ resource }) => resource)).not.toContain(
    `/users/${last.teamsUserId}/chats/getAllMessages`,
  );
});

test("who connects during a round keeps the subscription made for them", async () => {
  const { subscriptions, graph, connections, store } = subscriptionsOf(ann);
  const list = graph.list.bind(graph);
  const [late] = people;
  // Between what was read of the database and what Graph lists.
  graph.list = async () => {
    graph.list = list;
    if (late !== undefined) {
      await connections.add(late);
      await subscriptions.ensureFor(late);
    }
    return list();
  };
  await subscriptions.reconcile(never);
  expect([graph.all.size, store.all.size]).toEqual([2, 2]);
});

describe("a round ends", () => {
  test.each<GraphErrorCode>(["throttled", "unreachable", "unauthorized"])(
    "when Graph is %s to all, and what was not tried counts as failed",
    async (code) => {
      const { subscriptions, graph } = roundWith((asked) => {
        if (asked === 100) throw new GraphError(code, "none");
      });
      const { failures } = await subscriptions.reconcile(never);
      // Those under way at the same time are let end.
      expect(graph.all.size).toBeWithin(99, 165);
      expect(failures).toBe(300 - graph.all.size);
    },
  );

  test("between two changes when it is to stop", async () => {
    const stopping = new AbortController();
    const { subscriptions, graph } = roundWith((asked) => {
      if (asked === 100) stopping.abort();
    });
    const { failures } = await subscriptions.reconcile(stopping.signal);
    expect(graph.all.size).toBeWithin(100, 165);
    expect(failures).toBe(300 - graph.all.size);
  });
});

test("what stands in the way of some only is tried for everybody, is one line in the log, and each one's problem", async () => {
  const { subscriptions, graph, log, problems } = roundWith((asked) => {
    if (asked % 3 === 0) throw new GraphError("invalid-request", "no", { requestId: "request-1" });
  });
  expect(await subscriptions.reconcile(never)).toEqual({ changes: 300, failures: 100 });
  expect([graph.all.size, problems.all.size, log.lines.length]).toEqual([200, 100, 1]);
  expect(log.lines[0]).toContain('"code":"invalid-request"');
  expect(log.lines[0]).toContain('"count":100');
  expect(log.lines[0]).toContain('"requestId":"request-1"');
});
