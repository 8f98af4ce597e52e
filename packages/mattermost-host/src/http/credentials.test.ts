import { describe, expect, test } from "bun:test";
import { cookieValue, withoutCookie } from "./cookies.ts";
import { presentedToken } from "./credentials.ts";

describe("the token of a request", () => {
  const query = new URLSearchParams("access_token=q");
  const cookie = "a=1; MMAUTHTOKEN=c";
  test.each([
    ["a bearer header", { authorization: "Bearer h", cookie }, { token: "h", from: "header" }],
    ["a header in capitals", { authorization: "BEARER h" }, { token: "h", from: "header" }],
    ["the older kind of header", { authorization: "token h" }, { token: "h", from: "header" }],
    ["a cookie before the query", { authorization: "Basic x", cookie }, { token: "c", from: "cookie" }],
    ["the query where nothing else is", { cookie: "MMAUTHTOKEN=" }, { token: "q", from: "query" }],
  ] as const)("is that of %s", (_, headers, expected) => {
    expect(presentedToken(new Headers(headers), query)).toEqual(expected);
  });

  test("is absent when nothing carries one", () => {
    expect(presentedToken(new Headers(), new URLSearchParams())).toBeUndefined();
  });
});

describe("cookies", () => {
  test("are found by their whole name", () => {
    expect(cookieValue("XMMAUTHTOKEN=x;MMAUTHTOKEN=a=b; c", "MMAUTHTOKEN")).toBe("a=b");
    expect(cookieValue("MMAUTHTOKENX=x", "MMAUTHTOKEN")).toBeUndefined();
    expect(cookieValue(null, "MMAUTHTOKEN")).toBeUndefined();
  });

  test("are taken out one at a time, as often as they occur", () => {
    expect(withoutCookie("a=1; MMAUTHTOKEN=x; b=2;MMAUTHTOKEN=y", "MMAUTHTOKEN")).toBe("a=1; b=2");
    expect(withoutCookie("MMAUTHTOKEN", "MMAUTHTOKEN")).toBeUndefined();
  });
});
