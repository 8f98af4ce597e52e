import { expect, test } from "bun:test";
import { FixedClock, ManualTimers } from "../testing/time.ts";
import { PacedContents } from "./paced-contents.ts";

function pacing() {
  const clock = new FixedClock();
  const timers = new ManualTimers();
  const stopping = new AbortController();
  const reads: string[] = [];
  const contents = new PacedContents(
    {
      async read({ chatId }, contentId) {
        reads.push(`${chatId} ${contentId}`);
        return new Uint8Array();
      },
    },
    { clock, timers },
  );
  const read = (chatId: string, id: string) =>
    contents.read({ chatId, messageId: "1" }, id, { maxBytes: 1, signal: stopping.signal });
  const advance = (ms: number) => {
    clock.nowMs += ms;
    timers.advance(ms);
  };
  return { read, reads, advance, timers, stopping };
}

test("pictures of one chat are read a second apart, those of others meanwhile", async () => {
  const { read, reads, advance, timers } = pacing();
  await read("a", "1");
  const [second, third] = [read("a", "2"), read("a", "3")];
  await read("b", "1");
  expect(reads).toEqual(["a 1", "b 1"]);
  advance(1_000);
  await second;
  advance(1_000);
  await third;
  expect(reads).toEqual(["a 1", "b 1", "a 2", "a 3"]);
  expect(timers.pending).toBe(0);
  advance(1_000);
  await read("a", "4");
  expect(reads).toHaveLength(5);
});

test("nobody waits for a turn when the node stops", async () => {
  const { read, stopping, timers } = pacing();
  await read("a", "1");
  const second = read("a", "2");
  stopping.abort();
  await second;
  expect(timers.pending).toBe(0);
});
