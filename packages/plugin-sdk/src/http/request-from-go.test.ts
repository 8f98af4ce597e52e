import { expect, test } from "bun:test";
import type { HttpRequestSubset } from "../models/http.ts";
import { contentLengthOf, requestFromGo } from "./request-from-go.ts";

const subset = (over: Partial<HttpRequestSubset>): HttpRequestSubset => ({
  method: "GET",
  url: "/",
  proto: "HTTP/1.1",
  protoMajor: 1,
  protoMinor: 1,
  host: "chat.example.com",
  remoteAddr: "127.0.0.1:5",
  requestURI: "/plugins/x/",
  body: undefined,
  ...over,
});
const { signal } = new AbortController();

test("path and query follow the prefix, the host is the browser's", () => {
  const request = requestFromGo(subset({ url: "/api/v1/link?state=a%20b&x=1" }), undefined, signal);
  expect(request.url).toBe("http://chat.example.com/api/v1/link?state=a%20b&x=1");
});

for (const [url, host, expected] of [
  ["", "h:8065", "http://h:8065/"],
  ["/a", "", "http://plugin.invalid/a"],
  ["/a", "not a host", "http://plugin.invalid/a"],
  ["?q=1", "h", "http://h/?q=1"],
] as const) {
  test(`URL ${JSON.stringify(url)} of host ${JSON.stringify(host)} is ${expected}`, () => {
    expect(requestFromGo(subset({ url, host }), undefined, signal).url).toBe(expected);
  });
}

test("method, headers and body come over", async () => {
  const body = { readable: new Blob(["payload"]).stream() };
  const request = requestFromGo(
    subset({ method: "PATCH", header: { "Mattermost-User-Id": ["u1"] } }),
    body,
    signal,
  );
  expect([request.method, request.headers.get("mattermost-user-id")]).toEqual(["PATCH", "u1"]);
  expect(await request.text()).toBe("payload");
});

test("a body on GET is left alone", () => {
  const body = { readable: new Blob(["x"]).stream() };
  expect(requestFromGo(subset({}), body, signal).body).toBeNull();
});

test("the abort signal is the request's", () => {
  const abort = new AbortController();
  const request = requestFromGo(subset({}), undefined, abort.signal);
  abort.abort();
  expect(request.signal.aborted).toBe(true);
});

for (const [header, length] of [
  [{ "Content-Length": ["12"] }, 12],
  [{ "Content-Length": ["-1"] }, undefined],
  [{ "Content-Length": ["1e3"] }, undefined],
  [{}, undefined],
] as const) {
  test(`Content-Length of ${JSON.stringify(header)} is ${length}`, () => {
    const mutable = Object.fromEntries(Object.entries(header).map(([name, values]) => [name, [...values]]));
    expect(contentLengthOf(subset({ header: mutable }))).toBe(length);
  });
}
