import { Observation } from "../observation.ts";
import { type Office, openOffice } from "../office.ts";
import { milliseconds, type Row } from "../row.ts";
import { median, quantile } from "../statistics.ts";

/**
 * So many people, written to in turn at this pace, each hear from a colleague every 3 s: their presence of the last time is
 * out of date by then, so that every message asks Graph.
 */
const people = 20;
const paceMs = 150;
const messages = 100;
/** The first messages open connections and let code reach its speed. */
const warmUpMessages = 40;
const graphLatencyMs = 80;
const answerLimitMs = 30_000;

/** From a notification's arrival to the bot's post, when Graph answers at once and after 80 ms. */
export async function pipeline(): Promise<readonly Row[]> {
  await using office = await openOffice(people);
  await latencies(office, warmUpMessages);
  const atOnce = await latencies(office, messages);
  using _slow = office.slowGraph(graphLatencyMs);
  const slowly = await latencies(office, messages);
  const allowedMs = 1.2 * (graphLatencyMs + median(atOnce));
  return [
    { measure: "Notification to post, Graph answers at once, p50", result: milliseconds(median(atOnce)) },
    {
      measure: "Notification to post, Graph answers at once, p95",
      result: milliseconds(quantile(atOnce, 0.95)),
    },
    {
      measure: `Notification to post, Graph answers after ${graphLatencyMs} ms, p50`,
      result: milliseconds(median(slowly)),
      target: `≤ ${milliseconds(allowedMs)}`,
      met: median(slowly) <= allowedMs,
    },
    {
      measure: `Notification to post, Graph answers after ${graphLatencyMs} ms, p95`,
      result: milliseconds(quantile(slowly, 0.95)),
    },
  ];
}

async function latencies({ ends, readers }: Office, count: number): Promise<readonly number[]> {
  using observation = new Observation(ends);
  for (let number = 0; number < count; number += 1) {
    const reader = readers[number % readers.length];
    if (reader !== undefined) observation.send(reader);
    await new Promise((resolve) => setTimeout(resolve, paceMs));
  }
  await observation.complete(answerLimitMs);
  if (observation.missing > 0) throw new Error(`${observation.missing} of ${count} messages became no post.`);
  return observation.latenciesMs;
}
