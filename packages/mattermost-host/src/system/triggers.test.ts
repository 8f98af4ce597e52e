import { expect, test } from "bun:test";
import { randomId } from "../identity.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { Triggers } from "./triggers.ts";

const start = () => {
  const clock = new ManualClock();
  return { clock, triggers: new Triggers(clock, randomId) };
};

test("a trigger id stands for the person who acted, for half a minute", () => {
  const { clock, triggers } = start();
  const { triggerId, clientTriggerId } = triggers.issue("ada");
  clock.advance(30_000);
  expect(triggers.verify(triggerId)).toMatchObject({ userId: "ada", clientTriggerId });
  clock.advance(1);
  expect(() => triggers.verify(triggerId)).toThrow("lives for 30 seconds");
});

test("the client's id proves nothing, nor does one that somebody made up", () => {
  const { triggers } = start();
  const { clientTriggerId } = triggers.issue("ada");
  for (const id of [clientTriggerId, "", "made up"]) {
    expect(() => triggers.verify(id)).toThrow("not one that this server gave out");
  }
});

test("old trigger ids are forgotten", () => {
  const { clock, triggers } = start();
  const { triggerId } = triggers.issue("ada");
  clock.advance(60_001);
  triggers.issue("ben");
  expect(() => triggers.verify(triggerId)).toThrow("not one that this server gave out");
});
