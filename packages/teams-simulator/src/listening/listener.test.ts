import { expect, test } from "bun:test";
import { selfSignedCertificate } from "../testing/certificate.ts";
import { listen } from "./listener.ts";
import { openListener } from "./open-listener.ts";

test("a listener answers on a port that the operating system chose, encoded paths as they came", async () => {
  await using listener = await listen((request) => new Response(new URL(request.url).pathname));
  expect(listener.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await (await fetch(`${listener.url}/a%2Fb/19%3Ax%40y`)).text()).toBe("/a%2Fb/19%3Ax%40y");
});

test("a port that is taken is refused", async () => {
  await using listener = await listen(() => new Response(null));
  await expect(
    listen(() => new Response(null), { port: Number(new URL(listener.url).port) }),
  ).rejects.toThrow();
});

test("a reset ends the connection without an answer", async () => {
  await using listener = await listen((_request, connection) => {
    connection.reset();
    return new Response("never seen");
  });
  await expect(fetch(listener.url)).rejects.toThrow();
});

test("a disposed listener ends the requests it still holds", async () => {
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  const { promise: never, resolve } = Promise.withResolvers<Response>();
  const listener = await listen(() => {
    isAsked();
    return never;
  });
  const held = fetch(listener.url).catch(() => "ended");
  await asked;
  await listener[Symbol.asyncDispose]();
  expect(await held).toBe("ended");
  resolve(new Response(null));
});

test("with a certificate the listener speaks https", async () => {
  const { pem, privateKeyPem } = await selfSignedCertificate();
  await using listener = await listen(() => new Response("sealed"), {
    tls: { cert: pem, key: privateKeyPem },
  });
  expect(listener.url).toStartWith("https://");
  expect(await (await fetch(listener.url, { tls: { rejectUnauthorized: false } })).text()).toBe("sealed");
  await expect(fetch(listener.url)).rejects.toThrow();
});

test("an open listener answers 503 until it has something that answers", async () => {
  await using listener = await openListener({});
  expect((await fetch(listener.url)).status).toBe(503);
  listener.answerWith(() => new Response("ready"));
  expect(await (await fetch(listener.url)).text()).toBe("ready");
});
