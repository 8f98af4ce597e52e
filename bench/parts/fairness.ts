import { Observation } from "../observation.ts";
import { type Office, openOffice } from "../office.ts";
import { count, milliseconds, type Row } from "../row.ts";
import { median } from "../statistics.ts";

const people = 20;
/** So many of them are in the noisy group; the others are measured. */
const noisyMembers = 5;
/** For each of its members, all at once: a minute's work or so. */
const noise = 2_000;
const paceMs = 150;
const messages = 60;
const warmUpMessages = 30;
const limitMs = 300_000;

/** How long other people wait for their messages while one group floods the inbox, against what is left of the flood. */
export async function fairness(): Promise<readonly Row[]> {
  await using office = await openOffice(people);
  await toOthers(office, warmUpMessages);
  const quiet = median(await toOthers(office, messages));
  const group = office.openGroup(noisyMembers);
  using flood = new Observation(office.ends, "Barrel");
  for (let number = 0; number < noise; number += 1) flood.send(group);
  const during = median(await toOthers(office, messages));
  const waiting = flood.missing;
  if (waiting === 0) throw new Error("The flood was over before the others were measured.");
  await flood.complete(limitMs);
  const longest = median(flood.latenciesMs);
  const name = `A group of ${noisyMembers} floods with ${count(noise)} messages`;
  return [
    { measure: "Notification to post of others, p50", result: milliseconds(quiet) },
    { measure: `${name}: of others, p50`, result: milliseconds(during) },
    { measure: `${name}: of the group, p50`, result: milliseconds(longest) },
  ];
}

/** People outside of the group are written to in turn. */
async function toOthers({ ends, readers }: Office, count: number): Promise<readonly number[]> {
  const others = readers.slice(noisyMembers);
  using observation = new Observation(ends);
  for (let number = 0; number < count; number += 1) {
    const reader = others[number % others.length];
    if (reader !== undefined) observation.send(reader);
    await new Promise((resolve) => setTimeout(resolve, paceMs));
  }
  await observation.complete(limitMs);
  if (observation.missing > 0) throw new Error(`${observation.missing} of ${count} messages became no post.`);
  return observation.latenciesMs;
}
