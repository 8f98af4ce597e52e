import { expect, test } from "bun:test";
import { FixedClock } from "../testing/time.ts";
import { RememberedPictures } from "./remembered-pictures.ts";

const message = { chatId: "19:a", messageId: "1" };
const limits = { maxBytes: 100, signal: new AbortController().signal };

function remembering(sizes: Readonly<Record<string, number>> = {}) {
  const clock = new FixedClock();
  const reads: string[] = [];
  let failNext = false;
  const pictures = new RememberedPictures(
    {
      async read(_message, contentId) {
        reads.push(contentId);
        const isFailing = failNext;
        failNext = false;
        if (isFailing) throw new Error("broken");
        return new Uint8Array(sizes[contentId] ?? 10);
      },
    },
    clock,
  );
  const fail = () => {
    failNext = true;
  };
  return { clock, reads, pictures, fail };
}

test("a picture is fetched once for all who come within two minutes", async () => {
  const { clock, reads, pictures } = remembering();
  await Promise.all([pictures.read(message, "one", limits), pictures.read(message, "one", limits)]);
  clock.nowMs += 119_999;
  await pictures.read(message, "one", limits);
  expect(reads).toEqual(["one"]);
  clock.nowMs += 1;
  await pictures.read(message, "one", limits);
  expect(reads).toEqual(["one", "one"]);
});

test("pictures of other messages are others", async () => {
  const { reads, pictures } = remembering();
  await pictures.read(message, "one", limits);
  await pictures.read({ ...message, messageId: "2" }, "one", limits);
  expect(reads).toEqual(["one", "one"]);
});

test("a failure is not remembered", async () => {
  const { reads, pictures, fail } = remembering();
  fail();
  await expect(pictures.read(message, "one", limits)).rejects.toThrow("broken");
  await pictures.read(message, "one", limits);
  expect(reads).toEqual(["one", "one"]);
});

test("the oldest make room, and what alone is too large is not kept", async () => {
  const megabyte = 1024 * 1024;
  const { reads, pictures } = remembering({ a: 20 * megabyte, b: 20 * megabyte, huge: 33 * megabyte });
  for (const id of ["a", "b", "b", "a", "huge", "huge"]) await pictures.read(message, id, limits);
  expect(reads).toEqual(["a", "b", "a", "huge", "huge"]);
});
