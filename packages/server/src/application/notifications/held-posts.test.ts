import { expect, test } from "bun:test";
import { FixedClock } from "../testing/time.ts";
import { HeldPosts, heldTogetherMs } from "./held-posts.ts";

test("the post of a lane is known while it is new, counted from its first message", () => {
  const clock = new FixedClock();
  const posts = new HeldPosts(clock);
  posts.note("a", "p");
  clock.nowMs += heldTogetherMs - 1;
  posts.note("a", "p");
  posts.note("b", "q");
  expect([posts.of("a"), posts.of("b")]).toEqual(["p", "q"]);
  clock.nowMs += 1;
  expect([posts.of("a"), posts.of("b")]).toEqual([undefined, "q"]);
});

test("another post takes its place, and a clock set back forgets", () => {
  const clock = new FixedClock();
  const posts = new HeldPosts(clock);
  posts.note("a", "p");
  posts.note("a", "q");
  expect(posts.of("a")).toBe("q");
  clock.nowMs -= heldTogetherMs;
  expect(posts.of("a")).toBeUndefined();
});
