import { expect, test } from "bun:test";
import { canonicalName, headersFromGo, headersToGo } from "./go-header.ts";

for (const [name, canonical] of [
  ["content-type", "Content-Type"],
  ["MATTERMOST-USER-ID", "Mattermost-User-Id"],
  ["x-csrf-token", "X-Csrf-Token"],
  ["etag", "Etag"],
  ["x-2fa", "X-2fa"],
] as const) {
  test(`${name} is ${canonical} to Go`, () => {
    expect(canonicalName(name)).toBe(canonical);
  });
}

test("several cookies stay several", () => {
  const headers = new Headers();
  headers.append("Set-Cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT");
  headers.append("Set-Cookie", "b=2");
  expect(headersToGo(headers)).toEqual({
    "Set-Cookie": ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"],
  });
});

test("several values of one name are joined for the web", () => {
  expect(headersFromGo({ Accept: ["text/html", "application/json"] }).get("accept")).toBe(
    "text/html, application/json",
  );
});

test("text beyond ASCII survives both ways", () => {
  const go = { "X-Name": ["Zoë 你好"] };
  expect(headersToGo(headersFromGo(go))).toEqual(go);
});

test("what HTTP does not allow is left out and the rest stays", () => {
  const headers = headersFromGo({ "bad name": ["x"], "X-Bad": ["line\r\nbreak"], "X-Good": ["yes"] });
  expect([...headers.keys()]).toEqual(["x-good"]);
});

test("no header at all is an empty one", () => {
  expect([...headersFromGo(undefined).keys()]).toEqual([]);
});
