import { expect, test } from "bun:test";
import { contoso } from "../testing/contoso.ts";
import { receiver } from "../testing/receiver.ts";

interface ServerSentEvent {
  readonly event: string;
  readonly content: Record<string, unknown>;
}

/** Reads server-sent events one by one; `return` of the generator closes the stream. */
async function* eventsOf(url: string, stop: AbortSignal): AsyncGenerator<ServerSentEvent> {
  const answer = await fetch(url, { signal: stop });
  const decoder = new TextDecoder();
  let buffered = "";
  for await (const chunk of answer.body ?? []) {
    buffered += decoder.decode(chunk, { stream: true });
    for (let end = buffered.indexOf("\n\n"); end >= 0; end = buffered.indexOf("\n\n")) {
      const fields = new Map(
        buffered
          .slice(0, end)
          .split("\n")
          .map((line) => line.split(/: (.*)/, 2) as [string, string]),
      );
      buffered = buffered.slice(end + 2);
      yield { event: fields.get("event") ?? "", content: JSON.parse(fields.get("data") ?? "null") };
    }
  }
}

async function take(events: AsyncGenerator<ServerSentEvent>, count: number): Promise<ServerSentEvent[]> {
  const taken: ServerSentEvent[] = [];
  while (taken.length < count) {
    const { value, done } = await events.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

test("the stream tells what happens in the tenant, what Graph answers and what is delivered", async () => {
  await using tenant = await contoso();
  await using endpoint = await receiver();
  const stop = new AbortController();
  const events = eventsOf(`${tenant.controlUrl}/events`, stop.signal);
  expect(await take(events, 1)).toEqual([{ event: "ready", content: { tenantId: tenant.tenantId } }]);
  await tenant.subscribe({ notificationUrl: endpoint.url });
  const { conversations } = tenant.tenant;
  const chat = conversations.create({ chatType: "oneOnOne", memberIds: [tenant.alice.id, tenant.bob.id] });
  conversations.send(chat.id, { from: { userId: tenant.alice.id }, text: "hello" });
  const seen = await take(events, 6);
  expect(seen.map(({ event, content }) => `${event} ${content.kind ?? content.route}`)).toEqual([
    "subscription created",
    "request POST /v1.0/subscriptions",
    "tenant chatCreated",
    "tenant messageCreated",
    "delivery attempted",
    "delivery delivered",
  ]);
  stop.abort();
});

test("a reader that leaves is forgotten", async () => {
  await using tenant = await contoso();
  const { deliveries, events: happenings } = tenant.tenant;
  const before = happenings.listeners;
  const stop = new AbortController();
  const events = eventsOf(`${tenant.controlUrl}/events`, stop.signal);
  await take(events, 1);
  expect([happenings.listeners, deliveries.listeners]).toEqual([before + 1, 1]);
  stop.abort();
  while (deliveries.listeners > 0) await new Promise<void>((resolve) => setImmediate(resolve));
  expect(happenings.listeners).toBe(before);
});
