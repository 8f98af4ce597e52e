import { keepBusy } from "../busy-database.ts";
import { fillInbox } from "../full-inbox.ts";
import { Observation } from "../observation.ts";
import { type Office, openOffice } from "../office.ts";
import { count, milliseconds, type Row } from "../row.ts";
import { quantile } from "../statistics.ts";

const people = 20;
const messages = 5_000;
/** POSTs under way at once, each with one notification: the tenant at its most impatient. */
const postsAtOnce = 32;
const answerTargetMs = 300;
const limitMs = 120_000;
const refusals = 1_000;

/** How soon Graph has its answer: under a burst with a busy database, and when more comes than can be stored. */
export async function contract(): Promise<readonly Row[]> {
  await using office = await openOffice(people);
  office.deliverySettings.maxItemsPerPost = 1;
  return [...(await underBurst(office)), ...(await beyond(office))];
}

async function underBurst(office: Office): Promise<readonly Row[]> {
  office.deliverySettings.lanes = postsAtOnce;
  await using _busy = await keepBusy(office.dataSource);
  using answers = new Answers(office);
  using observation = new Observation(office.ends);
  sendRound(office, observation, messages);
  await observation.complete(limitMs);
  const { missing, repeated } = observation;
  const p99 = quantile(answers.elapsedMs, 0.99);
  const name = `Burst of ${count(messages)} POSTs, database busy`;
  return [
    { measure: `${name}: answer, p50`, result: milliseconds(quantile(answers.elapsedMs, 0.5)) },
    {
      measure: `${name}: answer, p99`,
      result: milliseconds(p99),
      target: `< ${milliseconds(answerTargetMs)}`,
      met: p99 < answerTargetMs,
    },
    { measure: `${name}: lost`, result: count(missing), target: "0", met: missing === 0 },
    { measure: `${name}: repeated`, result: count(repeated), target: "0", met: repeated === 0 },
  ];
}

/** More waits than may wait: what comes is refused without a word to the database, and comes again once there is room. */
async function beyond(office: Office): Promise<readonly Row[]> {
  using observation = new Observation(office.ends);
  using answers = new Answers(office);
  {
    await using _full = await fillInbox(office);
    answers.forget();
    sendRound(office, observation, refusals);
    await answers.reached(refusals);
  }
  const name = `${count(refusals)} POSTs beyond capacity`;
  const { elapsedMs, refused } = answers;
  const p99 = quantile(elapsedMs, 0.99);
  await observation.complete(limitMs);
  const { missing, repeated } = observation;
  return [
    {
      measure: `${name}: answered 503`,
      result: count(refused),
      met: refused === refusals,
      target: count(refusals),
    },
    {
      measure: `${name}: answer, p99`,
      result: milliseconds(p99),
      target: `< ${milliseconds(answerTargetMs)}`,
      met: p99 < answerTargetMs,
    },
    { measure: `${name}: lost`, result: count(missing), target: "0", met: missing === 0 },
    { measure: `${name}: repeated`, result: count(repeated), target: "0", met: repeated === 0 },
  ];
}

function sendRound(office: Office, observation: Observation, messages: number): void {
  for (let number = 0; number < messages; number += 1) {
    const reader = office.readers[number % office.readers.length];
    if (reader !== undefined) observation.send(reader);
  }
}

/** How long the plugin took for each answer to a first POST, of those that came. */
class Answers implements Disposable {
  readonly elapsedMs: number[] = [];
  refused = 0;
  #arrived = () => {};
  readonly #listening: Disposable;

  constructor({ ends }: Office) {
    this.#listening = ends.deliveries.listen((event) => {
      if (event.kind !== "delivered" && event.kind !== "failed") return;
      // What was refused earlier comes again meanwhile.
      if (event.attempt > 1) return;
      this.elapsedMs.push(event.elapsedMs);
      if (event.kind === "failed" && event.status === 503) this.refused += 1;
      this.#arrived();
    });
  }

  forget(): void {
    this.elapsedMs.length = 0;
    this.refused = 0;
  }

  /** Resolves when so many answers have come. */
  async reached(count: number): Promise<void> {
    while (this.elapsedMs.length < count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#arrived = resolve;
      await promise;
    }
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]();
  }
}
