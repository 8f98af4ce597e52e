import { mostMemoryOfProduct } from "../memory.ts";
import { Observation } from "../observation.ts";
import { openOffice } from "../office.ts";
import { count, megabytes, type Row } from "../row.ts";

const people = 20;
const messages = 5_000;
/** Whoever needs longer has lost them, as far as this bench is concerned. */
const limitMs = 120_000;
/** A repetition comes from a retry of the tenant or of the queue; both would have begun by then. */
const watchedAfterMs = 5_000;

/** All messages in one turn of the event loop: whether each becomes exactly one post, how fast, and the memory it takes. */
export async function burst(): Promise<readonly Row[]> {
  await using office = await openOffice(people);
  using observation = new Observation(office.ends);
  for (let number = 0; number < messages; number += 1) {
    const reader = office.readers[number % people];
    if (reader !== undefined) observation.send(reader);
  }
  await observation.complete(limitMs);
  await new Promise((resolve) => setTimeout(resolve, watchedAfterMs));
  const { missing, repeated } = observation;
  if (missing === messages) throw new Error("No message became a post.");
  const perSecond = (messages - missing) / (observation.spanMs / 1_000);
  const mostBytes = mostMemoryOfProduct();
  const name = `Burst of ${count(messages)} messages`;
  return [
    { measure: `${name}: lost`, result: count(missing), target: "0", met: missing === 0 },
    { measure: `${name}: repeated`, result: count(repeated), target: "0", met: repeated === 0 },
    { measure: `${name}: posts per second`, result: count(perSecond) },
    ...(mostBytes === undefined
      ? []
      : [{ measure: `${name}: most memory (RSS)`, result: megabytes(mostBytes) }]),
  ];
}
