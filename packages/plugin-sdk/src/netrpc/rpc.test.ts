import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { GobEncoder } from "../gob/encoder.ts";
import { bytes, int, none, string, struct, time } from "../gob/schema.ts";
import { memoryPipe } from "../testing/memory-pipe.ts";
import { ResponseHeader } from "./headers.ts";
import { RpcClient } from "./rpc-client.ts";
import { RpcError } from "./rpc-error.ts";
import { type RpcMethod, rpcMethod } from "./rpc-method.ts";
import { RpcServer } from "./rpc-server.ts";

const Pair = struct("Pair", { a: int, b: int });

/** A method that answers when it is told to. */
function gate() {
  const waiting = new Map<string, (reply: string) => void>();
  let arrived = () => {};
  const method = rpcMethod(
    string,
    string,
    (name) =>
      new Promise<string>((resolve) => {
        waiting.set(name, resolve);
        arrived();
      }),
  );
  const all = (count: number) =>
    new Promise<void>((resolve) => {
      arrived = () => {
        if (waiting.size >= count) resolve();
      };
      arrived();
    });
  return { method, open: (name: string) => waiting.get(name)?.(`${name} done`), all };
}

function connect(methods: Readonly<Record<string, RpcMethod>>, cut?: (bytes: Uint8Array) => Uint8Array[]) {
  const [near, far] = memoryPipe(cut === undefined ? {} : { cut });
  const client = new RpcClient(near);
  const server = new RpcServer(far, new Map(Object.entries(methods)));
  return { client, server, near, far };
}

const add = rpcMethod(Pair, int, ({ a, b }) => a + b);

async function failureOf(promise: Promise<unknown>): Promise<RpcError> {
  const error: unknown = await promise.then(
    () => new Error("the call succeeded"),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RpcError);
  if (error instanceof RpcError) return error;
  throw new Error("unreachable");
}

describe("calls", () => {
  test("are answered, many at once, however the bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer(), fc.integer()), { maxLength: 20 }),
        fc.integer({ min: 1, max: 9 }),
        async (pairs, size) => {
          const cut = (whole: Uint8Array) =>
            Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
              whole.slice(index * size, (index + 1) * size),
            );
          const { client } = connect({ "Plugin.Add": add }, cut);
          const sums = pairs.map(([a, b]) => client.call("Plugin.Add", Pair, { a, b }, int));
          expect(await Promise.all(sums)).toEqual(pairs.map(([a, b]) => a + b));
          expect(client.inFlight).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("are answered in the order in which they finish", async () => {
    const { method, open, all } = gate();
    const { client, server } = connect({ "Plugin.Wait": method });
    const order: string[] = [];
    const calls = ["a", "b", "c"].map((name) =>
      client.call("Plugin.Wait", string, name, string).then((reply) => order.push(reply)),
    );
    await all(3);
    expect(server.running).toBe(3);
    for (const name of ["c", "a", "b"]) {
      open(name);
      await Promise.race(calls);
    }
    await Promise.all(calls);
    expect(order).toEqual(["c done", "a done", "b done"]);
    expect(server.running).toBe(0);
  });

  test.each([
    ["Plugin.Missing", "rpc: can't find method Plugin.Missing"],
    ["Other.Add", "rpc: can't find service Other.Add"],
    ["Add", "rpc: service/method request ill-formed: Add"],
  ])("of the unknown %s fail with Go's words and the connection stays usable", async (name, text) => {
    const { client } = connect({ "Plugin.Add": add });
    expect(await failureOf(client.call(name, Pair, { a: 1 }, int))).toEqual(new RpcError("remote", text));
    expect(await client.call("Plugin.Add", Pair, { a: 1, b: 1 }, int)).toBe(2);
  });

  test("that throw fail with the thrown message", async () => {
    const { client } = connect({
      "Plugin.Now": rpcMethod(none, int, () => {
        throw new Error("at once");
      }),
      "Plugin.Later": rpcMethod(none, int, () => Promise.reject(new Error("later"))),
      "Plugin.Mute": rpcMethod(none, int, () => Promise.reject(new Error(""))),
    });
    expect((await failureOf(client.call("Plugin.Now", none, undefined, int))).message).toBe("at once");
    expect((await failureOf(client.call("Plugin.Later", none, undefined, int))).message).toBe("later");
    expect((await failureOf(client.call("Plugin.Mute", none, undefined, int))).message).toBe("unknown error");
  });

  test("whose argument does not fit send nothing", async () => {
    const { client, near } = connect({ "Plugin.Add": add });
    const { code } = await failureOf(client.call("Plugin.Add", Pair, { a: 0.5 }, int));
    expect(code).toBe("encode");
    expect(near.written).toBe(0);
    expect(await client.call("Plugin.Add", Pair, { a: 2, b: 2 }, int)).toBe(4);
  });

  test("whose argument the server understands differently fail alone", async () => {
    const { client } = connect({ "Plugin.Add": add });
    expect((await failureOf(client.call("Plugin.Add", string, "x", int))).message).toStartWith("gob: ");
    expect(await client.call("Plugin.Add", Pair, { a: 2, b: 3 }, int)).toBe(5);
  });

  test("whose answer the client understands differently fail alone", async () => {
    const { client } = connect({ "Plugin.Add": add });
    expect((await failureOf(client.call("Plugin.Add", Pair, {}, string))).code).toBe("decode");
    expect(await client.call("Plugin.Add", Pair, { a: 2, b: 3 }, int)).toBe(5);
  });

  test("whose answer can not be encoded fail alone", async () => {
    const { client } = connect({ "Plugin.Odd": rpcMethod(none, int, () => 0.5), "Plugin.Add": add });
    expect((await failureOf(client.call("Plugin.Odd", none, undefined, int))).code).toBe("remote");
    expect(await client.call("Plugin.Add", Pair, { a: 2, b: 3 }, int)).toBe(5);
  });

  test("carry megabytes", async () => {
    const { client } = connect({ "Plugin.Echo": rpcMethod(bytes, bytes, (content) => content) });
    const content = new Uint8Array(5_000_000).map((_, index) => index % 251);
    expect(Bun.hash(await client.call("Plugin.Echo", bytes, content, bytes))).toBe(Bun.hash(content));
  });

  test("travel in one write each", async () => {
    const { client, near } = connect({ "Plugin.Add": add });
    await client.call("Plugin.Add", Pair, { a: 1 }, int);
    expect(near.writes).toBe(1);
  });
});

describe("the end of a connection", () => {
  test("fails calls in flight and later ones as closed when we end it", async () => {
    const { method, all } = gate();
    const { client } = connect({ "Plugin.Wait": method });
    const waiting = client.call("Plugin.Wait", string, "a", string);
    await all(1);
    client.close();
    expect((await failureOf(waiting)).code).toBe("closed");
    expect((await failureOf(client.call("Plugin.Wait", string, "b", string))).code).toBe("closed");
    expect(client.inFlight).toBe(0);
  });

  test("fails calls in flight as cut off when the peer disappears", async () => {
    const { method, all } = gate();
    const { client, far } = connect({ "Plugin.Wait": method });
    const waiting = client.call("Plugin.Wait", string, "a", string);
    await all(1);
    far.reset();
    expect((await failureOf(waiting)).code).toBe("cut_off");
  });

  test("fails the call whose answer stops in the middle", async () => {
    const [near, far] = memoryPipe();
    using client = new RpcClient(near);
    const call = client.call("Plugin.Add", Pair, {}, int);
    far.write(new GobEncoder().encode(ResponseHeader, { serviceMethod: "Plugin.Add", seq: 0 }));
    far.end();
    expect((await failureOf(call)).code).toBe("cut_off");
  });

  test("follows answers that make no sense", async () => {
    const [near, far] = memoryPipe();
    using client = new RpcClient(near);
    const call = client.call("Plugin.Add", Pair, {}, int);
    const other = client.call("Plugin.Add", Pair, {}, int);
    far.write(Uint8Array.of(3, 4, 1, 0));
    expect((await failureOf(call)).code).toBe("protocol");
    expect((await failureOf(other)).code).toBe("protocol");
  });

  test("follows requests that make no sense", async () => {
    const [near, far] = memoryPipe();
    const server = new RpcServer(far, new Map());
    near.receive({ data() {}, end() {}, closed() {} });
    near.write(Uint8Array.of(3, 4, 1, 0));
    await server.ended;
    expect(server.running).toBe(0);
  });

  test("waits for requests that are being answered", async () => {
    const { method, open, all } = gate();
    const [near, far] = memoryPipe();
    const server = new RpcServer(far, new Map([["Plugin.Wait", method]]));
    const client = new RpcClient(near);
    const waiting = client.call("Plugin.Wait", string, "a", string);
    await all(1);
    near.end();
    open("a");
    expect(await waiting).toBe("a done");
    await server.ended;
  });

  test("drops the answers of requests that still run when the server ends it", async () => {
    const { method, open, all } = gate();
    const { client, server } = connect({ "Plugin.Wait": method });
    const waiting = failureOf(client.call("Plugin.Wait", string, "a", string));
    await all(1);
    server.close();
    open("a");
    await server.ended;
    expect((await waiting).code).toBe("cut_off");
  });
});

test("an answer for a call nobody made is passed over", async () => {
  const [near, far] = memoryPipe();
  using client = new RpcClient(near);
  const encoder = new GobEncoder();
  const call = client.call("Plugin.Now", none, undefined, int);
  far.write(encoder.encode(ResponseHeader, { serviceMethod: "Plugin.Now", seq: 9 }));
  far.write(encoder.encode(time, { unixSeconds: 0, nanoseconds: 0 }));
  far.write(encoder.encode(ResponseHeader, { serviceMethod: "Plugin.Now", seq: 0 }));
  far.write(encoder.encode(int, 5));
  expect(await call).toBe(5);
});
