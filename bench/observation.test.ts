import { expect, test } from "bun:test";
import type { ServerEvent } from "@msteams-notifications/mattermost-host";
import type { DeliveryEvent } from "@msteams-notifications/teams-simulator";
import { type Ends, Observation } from "./observation.ts";

const reader = { chatId: "19:chat", colleagueId: "colleague" };

/** Ends at which notifications and posts happen when the test says so. */
function ends() {
  const heard = {
    deliveries: new Set<(event: DeliveryEvent) => void>(),
    events: new Set<(event: ServerEvent) => void>(),
  };
  const hear = <Event>(listeners: Set<(event: Event) => void>, listener: (event: Event) => void) => {
    listeners.add(listener);
    return { [Symbol.dispose]: () => void listeners.delete(listener) };
  };
  const texts: string[] = [];
  const watched: Ends = {
    conversations: { send: (_chatId, { html = "" }) => ({ id: `m${texts.push(html) - 1}` }) },
    deliveries: { listen: (listener) => hear(heard.deliveries, listener) },
    events: { subscribe: (listener) => hear(heard.events, listener) },
  };
  const notify = (...numbers: number[]) => {
    const subjects = numbers.map((number) => `chats('19:chat')/messages('m${number}')`);
    for (const listener of heard.deliveries)
      listener({ kind: "attempted", at: 0, url: "", subjects, deliveryId: "d", attempt: 1 });
  };
  const post = (text: string) => {
    for (const listener of heard.events)
      listener({ event: "posted", data: { post: JSON.stringify({ message: text }) }, broadcast: {} });
  };
  return { watched, notify, post, texts, heard };
}

test("a message is missing until its post is there, whatever else is posted", async () => {
  const { watched, notify, post } = ends();
  using observation = new Observation(watched);
  for (let number = 0; number < 2; number += 1) observation.send(reader);
  notify(0, 1);
  post("> Crate **1** is on the quay.");
  post("Welcome!");
  post("> Crate **17** is on the quay.");
  expect([observation.missing, observation.repeated]).toEqual([1, 0]);
  post("> Crate **0** is on the quay.");
  await observation.complete(10_000);
  expect([observation.missing, observation.repeated]).toEqual([0, 0]);
});

test("every post beyond the first of a message is a repetition", () => {
  const { watched, post } = ends();
  using observation = new Observation(watched);
  observation.send(reader);
  for (let time = 0; time < 3; time += 1) post("> Crate **0** is on the quay.");
  expect([observation.missing, observation.repeated]).toEqual([0, 2]);
});

test("latency counts from the first notification to the first post", () => {
  const { watched, notify, post } = ends();
  using observation = new Observation(watched);
  for (let number = 0; number < 3; number += 1) observation.send(reader);
  notify(0);
  post("> Crate **0** is on the quay.");
  const [before = -1] = observation.latenciesMs;
  notify(0, 1);
  post("> Crate **0** is on the quay.");
  expect(observation.latenciesMs).toEqual([before]);
  expect(before).toBeGreaterThanOrEqual(0);
  expect(observation.spanMs).toBe(before);
});

test("messages are told apart by the number in their text, and nothing is listened to afterwards", () => {
  const { watched, texts, heard } = ends();
  {
    using observation = new Observation(watched);
    for (let number = 0; number < 2; number += 1) observation.send(reader);
  }
  expect(texts).toEqual([
    "<p>Crate <strong>0</strong> is on the quay.</p>",
    "<p>Crate <strong>1</strong> is on the quay.</p>",
  ]);
  expect([heard.deliveries.size, heard.events.size]).toEqual([0, 0]);
});
