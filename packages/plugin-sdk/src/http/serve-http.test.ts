import { expect, test } from "bun:test";
import type { ApiImplementation } from "../api/serve-api.ts";
import { Launched } from "../testing/launched.ts";

const tenMegabytes = 10 * 1024 * 1024;

async function started() {
  const errors: { message: string; fields: unknown }[] = [];
  const api: ApiImplementation = {
    LogInfo: () => {},
    LogDebug: () => {},
    LogError: (message, fields) => void errors.push({ message, fields }),
    GetServerVersion: () => "11.6.0",
  };
  const launched = await Launched.start("everyday", api);
  await launched.plugin.activate();
  return { launched, errors, plugin: launched.plugin };
}

const pattern = (size: number) => Uint8Array.from({ length: size }, (_, index) => (index * 13) & 0xff);

test("a request reaches the author and the answer the client", async () => {
  const { launched, plugin } = await started();
  await using _ = launched;
  const headers = { "mattermost-user-id": ["u1"] };
  const response = await plugin.serveHttp({
    method: "PUT",
    url: "/whoami?a=b",
    headers,
    host: "chat.example.com",
  });
  expect(await response.text()).toBe("PUT u1 http://chat.example.com/whoami?a=b");
});

test("10 MB go in and come back unchanged", async () => {
  const { launched, plugin } = await started();
  await using _ = launched;
  const body = pattern(tenMegabytes);
  const response = await plugin.serveHttp({ method: "POST", url: "/echo", headers: {}, body });
  expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true);
});

test("a large upload is read in full although the host's source is slow to produce", async () => {
  const { launched, plugin } = await started();
  await using _ = launched;
  let left = 100;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve));
      if (left-- === 0) return controller.close();
      controller.enqueue(pattern(10_000));
    },
  });
  const response = await plugin.serveHttp({ method: "POST", url: "/length", headers: {}, body });
  expect(await response.json()).toEqual({ total: 1_000_000 });
});

test("a client that stops reading stops the plugin's source, and leaving ends it", async () => {
  const { launched, plugin } = await started();
  await using _ = launched;
  const abort = new AbortController();
  const response = await plugin.serveHttp({
    method: "GET",
    url: `/produce?bytes=${10 * tenMegabytes}`,
    headers: {},
    signal: abort.signal,
  });
  const reader = response.body?.getReader();
  expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
  abort.abort();
  expect(reader?.read()).rejects.toThrow();
  await plugin.ping();
});

test("an unread body, a missing route and several requests at once do not disturb each other", async () => {
  const { launched, plugin } = await started();
  await using _ = launched;
  const requests = Array.from({ length: 40 }, (_, index) =>
    plugin.serveHttp({
      method: "POST",
      url: index % 2 === 0 ? "/unread" : "/nothing",
      headers: {},
      body: pattern(100_000),
    }),
  );
  const statuses = (await Promise.all(requests)).map(({ status }) => status);
  expect(statuses).toEqual(Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? 413 : 404)));
});

test("a route that throws is a 500, logged without the query", async () => {
  const { launched, plugin, errors } = await started();
  await using _ = launched;
  const response = await plugin.serveHttp({ method: "GET", url: "/throw?secret=1", headers: {} });
  expect(response.status).toBe(500);
  expect(await response.text()).toBe("Internal server error");
  expect(errors).toEqual([
    { message: "An HTTP request failed.", fields: ["method", "GET", "error", "Error: the route failed"] },
  ]);
});
