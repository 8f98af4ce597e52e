import { describe, expect, test } from "bun:test";
import { NotCopyable } from "../../application/copying/copying-ports.ts";
import type { Log } from "../../application/log.ts";
import { systemTimers } from "../../application/timers.ts";
import { GraphClient } from "./client.ts";
import { GraphHostedContents } from "./hosted-contents.ts";
import { readWithin } from "./read-within.ts";
import { GraphReaderFiles } from "./reader-files.ts";

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
const url = "https://contoso-my.sharepoint.com/personal/ann/Documents/report.docx";
const item = `/shares/u!${Buffer.from(url).toString("base64url")}/driveItem`;
const limits = { maxBytes: 10, signal: new AbortController().signal };

type Answer = () => Response | Promise<Response>;

/** Graph and SharePoint as `answers` say, by the end of the address; what was asked, and with which token. */
function microsoft(answers: Readonly<Record<string, Answer>>, graphUrl = "https://graph.example") {
  const asked: string[] = [];
  const send = (async (address: string, init: RequestInit) => {
    const token = new Headers(init.headers).get("authorization") ?? "no token";
    asked.push(`${address.replace(`${graphUrl}/v1.0`, "")} ${token}`);
    const found = Object.entries(answers).find(([end]) => address.endsWith(end));
    return (await found?.[1]()) ?? new Response(null, { status: 404 });
  }) as typeof fetch;
  const tokensOf = (userId: string) => ({ current: async () => userId, renew: async () => `${userId} new` });
  const options = { graphUrl, clock: { now: () => 0 }, timers: systemTimers, log, fetch: send };
  const files = new GraphReaderFiles({ ...options, tokensOf });
  const contents = new GraphHostedContents(new GraphClient({ ...options, tokens: tokensOf("app") }));
  return { files, contents, asked };
}

const described =
  (more: Readonly<Record<string, unknown>> = {}) =>
  () =>
    Response.json({ size: 7, file: {}, ...more });
const sentOn = (location: string) => () => new Response(null, { status: 302, headers: { location } });
const failureOf = (reading: Promise<unknown>) =>
  reading.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("a shared file", () => {
  test("is read as the person it is for, whose token stays with Graph", async () => {
    const { files, asked } = microsoft({
      "$select=size,file": described(),
      "/content": sentOn("https://contoso.sharepoint.com/download?ticket=1"),
      "ticket=1": () => new Response("figures"),
    });
    expect(new TextDecoder().decode(await files.read("ann", url, limits))).toBe("figures");
    expect(asked).toEqual([
      `${item}?$select=size,file Bearer ann`,
      `${item}/content Bearer ann`,
      "https://contoso.sharepoint.com/download?ticket=1 no token",
    ]);
  });

  test("that is too large is not even begun", async () => {
    const { files, asked } = microsoft({ "$select=size,file": described({ size: 11 }) });
    expect(await failureOf(files.read("ann", url, limits))).toMatchObject({ failure: "too-large" });
    expect(asked).toHaveLength(1);
  });

  test("that is a folder is not copied", async () => {
    const { files } = microsoft({ "$select=size,file": () => Response.json({ size: 7, folder: {} }) });
    expect(await failureOf(files.read("ann", url, limits))).toMatchObject({ failure: "folder" });
  });

  test.each([
    [403, { failure: "not-permitted" }],
    [404, { code: "not-found" }],
    [503, { code: "unavailable" }],
  ])("answered with %p ends as %p", async (status, expected) => {
    const { files } = microsoft({ "$select=size,file": () => new Response(null, { status }) });
    expect(await failureOf(files.read("ann", url, limits))).toMatchObject(expected);
  });

  test.each([
    ["an address that is not encrypted", "http://contoso.sharepoint.com/download"],
    ["an address of this machine", "http://127.0.0.1:5432/"],
    ["no address", ""],
    ["a file of the server", "file:///etc/passwd"],
  ])("is not read from %s", async (_, location) => {
    const { files, asked } = microsoft({ "$select=size,file": described(), "/content": sentOn(location) });
    expect(await failureOf(files.read("ann", url, limits))).toMatchObject({ code: "unexpected" });
    expect(asked).toHaveLength(2);
  });

  test("is not followed for ever", async () => {
    const { files, asked } = microsoft({
      "$select=size,file": described(),
      "/content": sentOn("https://a.example/again"),
      "/again": sentOn("https://a.example/again"),
    });
    expect(await failureOf(files.read("ann", url, limits))).toMatchObject({ code: "unavailable" });
    expect(asked).toHaveLength(5);
  });
});

describe("a picture", () => {
  test("is read as the application, by the ids of its message", async () => {
    const { contents, asked } = microsoft({ "/$value": () => new Response("picture") });
    const message = { chatId: "19:a@thread.v2", messageId: "1" };
    expect(await contents.read(message, "a/b=", limits)).toHaveLength(7);
    expect(asked).toEqual(["/chats/19%3Aa%40thread.v2/messages/1/hostedContents/a%2Fb%3D/$value Bearer app"]);
  });
});

describe("reading", () => {
  test("stops at the limit, whatever was announced", async () => {
    let given = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 1;
        controller.enqueue(new Uint8Array(4));
      },
    });
    expect(await failureOf(readWithin(new Response(endless), 10))).toBeInstanceOf(NotCopyable);
    expect(given).toBeLessThan(6);
    const announced = new Response("x", { headers: { "content-length": "11" } });
    expect(await failureOf(readWithin(announced, 10))).toMatchObject({ failure: "too-large" });
    expect(await readWithin(new Response("0123456789"), 10)).toHaveLength(10);
    expect(await readWithin(new Response(null), 10)).toHaveLength(0);
  });

  test("that breaks off is worth another attempt", async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error("reset"));
      },
    });
    expect(await failureOf(readWithin(new Response(broken), 10))).toMatchObject({ code: "unreachable" });
  });
});
