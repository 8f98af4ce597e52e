import { describe, expect, test } from "bun:test";
import { GobDecoder } from "../gob/decoder.ts";
import { int, string, struct, uint } from "../gob/schema.ts";
import { bytesOf } from "../gob/testing/golden.ts";
import { memoryPipe } from "../testing/memory-pipe.ts";
import { RequestHeader } from "./headers.ts";
import { RpcClient } from "./rpc-client.ts";
import { RpcError } from "./rpc-error.ts";
import { type RpcMethod, rpcMethod } from "./rpc-method.ts";
import { RpcServer } from "./rpc-server.ts";

const AddArgs = struct("AddArgs", { a: int, b: int });
const AddReply = struct("AddReply", { sum: int });

describe("connections that Go recorded", () => {
  test("the client understands the answers of Go's server", async () => {
    const [near, far] = memoryPipe();
    using client = new RpcClient(near);
    const answers = [
      client.call("Plugin.Add", AddArgs, { a: 2, b: 40 }, AddReply),
      client.call("Plugin.Add", AddArgs, { a: 1, b: -1 }, AddReply),
      client.call("Plugin.Name", string, "bob", string),
    ];
    far.write(bytesOf("rpc_ok_responses"));
    expect(await Promise.all(answers)).toEqual([{ sum: 42 }, { sum: 0 }, "hi bob"]);
  });

  test("the client tells Go's error texts apart from answers", async () => {
    const [near, far] = memoryPipe();
    using client = new RpcClient(near);
    const failed = client.call("Plugin.Fail", AddArgs, { a: 1, b: 2 }, AddReply);
    const missing = client.call("Plugin.Missing", AddArgs, { a: 1, b: 2 }, AddReply);
    const added = client.call("Plugin.Add", AddArgs, { a: 3, b: 4 }, AddReply);
    far.write(bytesOf("rpc_error_responses"));
    expect(await failed.catch((error) => error)).toEqual(new RpcError("remote", "no luck"));
    expect(await missing.catch((error) => error)).toEqual(
      new RpcError("remote", "rpc: can't find method Plugin.Missing"),
    );
    expect(await added).toEqual({ sum: 7 });
  });

  test("the server understands the requests of Go's client and answers what Go's server answered", async () => {
    const [near, far] = memoryPipe();
    const methods = new Map<string, RpcMethod>([
      ["Plugin.Add", rpcMethod(AddArgs, AddReply, ({ a, b }) => ({ sum: a + b }))],
      ["Plugin.Fail", rpcMethod(AddArgs, AddReply, () => Promise.reject(new Error("no luck")))],
    ]);
    using server = new RpcServer(far, methods);
    const seen: unknown[] = [];
    const expected = new GobDecoder();
    const received = new GobDecoder();
    const done = new Promise<void>((resolve) => {
      near.receive({
        data(chunk) {
          received.push(chunk);
          for (let next = received.next(header); typeof next !== "symbol"; next = received.next(header))
            seen.push(next);
          if (seen.length === 6) resolve();
        },
        end() {},
        closed() {},
      });
    });
    const header = struct("Either", { serviceMethod: string, seq: uint, error: string, sum: int });
    near.write(bytesOf("rpc_error_requests"));
    await done;
    expected.push(bytesOf("rpc_error_responses"));
    const golden: unknown[] = [];
    for (let next = expected.next(header); typeof next !== "symbol"; next = expected.next(header))
      golden.push(next);
    // Answers may come in any order: those that wait come after those that do not.
    const pairs = (list: readonly unknown[]) =>
      list.map((_, index) => list.slice(index, index + 2)).filter((_, index) => index % 2 === 0);
    const bySeq = (list: readonly unknown[]) =>
      pairs(list)
        .map((pair) => Bun.inspect(pair))
        .sort();
    expect(bySeq(seen)).toEqual(bySeq(golden));
    expect(server.running).toBe(0);
  });

  test("the first request header leaves out its number, as Go's does", () => {
    const decoder = new GobDecoder();
    decoder.push(bytesOf("rpc_ok_requests"));
    expect(decoder.next(RequestHeader)).toEqual({ serviceMethod: "Plugin.Add", seq: 0 });
  });
});
