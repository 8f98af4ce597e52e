import { expect, test } from "bun:test";
import type { DeliveryEvent } from "@msteams-notifications/teams-simulator";
import { nowMs } from "./now.ts";
import { type Ends, Observation } from "./observation.ts";

const reader = { chatId: "19:chat", colleagueId: "colleague", people: 1 };

/** Ends at which notifications and posts happen when the test says so. */
function ends() {
  const heard = {
    deliveries: new Set<(event: DeliveryEvent) => void>(),
    posts: new Set<(text: string, atMs: number) => void>(),
  };
  const hear = <Listener>(listeners: Set<Listener>, listener: Listener) => {
    listeners.add(listener);
    return { [Symbol.dispose]: () => void listeners.delete(listener) };
  };
  const texts: string[] = [];
  const watched: Ends = {
    conversations: { send: (_chatId, { html = "" }) => ({ id: `m${texts.push(html) - 1}` }) },
    deliveries: { listen: (listener) => hear(heard.deliveries, listener) },
    posts: { listen: (listener) => hear(heard.posts, listener) },
  };
  const notify = (...numbers: number[]) => {
    const subjects = numbers.map((number) => `chats('19:chat')/messages('m${number}')`);
    for (const listener of heard.deliveries)
      listener({ kind: "attempted", at: 0, url: "", subjects, deliveryId: "d", attempt: 1 });
  };
  const post = (text: string) => {
    for (const listener of heard.posts) listener(JSON.stringify({ message: text }), nowMs());
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

test("a message of a group is missing until each of its readers has it, and each post has its latency", () => {
  const { watched, notify, post } = ends();
  using observation = new Observation(watched);
  observation.send({ ...reader, people: 3 });
  notify(0);
  for (let time = 0; time < 2; time += 1) post("> Crate **0** is on the quay.");
  expect([observation.missing, observation.posts, observation.latenciesMs.length]).toEqual([1, 2, 2]);
  for (let time = 0; time < 2; time += 1) post("> Crate **0** is on the quay.");
  expect([observation.missing, observation.posts, observation.repeated]).toEqual([0, 3, 1]);
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
  expect([heard.deliveries.size, heard.posts.size]).toEqual([0, 0]);
});
