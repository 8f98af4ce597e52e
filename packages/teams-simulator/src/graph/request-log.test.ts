import { expect, test } from "bun:test";
import { RequestLog, type SeenRequest } from "./request-log.ts";

const seen = (at: number): SeenRequest => ({
  at,
  method: "GET",
  path: "/v1.0/users",
  route: null,
  status: 200,
  elapsedMs: 0,
  clientId: null,
});

test("the log keeps the most recent requests and forgets the oldest beyond 10,000", () => {
  const log = new RequestLog();
  for (let at = 0; at < 10_000; at += 1) log.add(seen(at));
  expect(log.all).toHaveLength(10_000);
  log.add(seen(10_000));
  expect(log.all).toHaveLength(5_000);
  expect(log.all.at(-1)?.at).toBe(10_000);
  log.clear();
  expect(log.all).toEqual([]);
});
