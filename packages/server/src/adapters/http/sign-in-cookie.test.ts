import { expect, test } from "bun:test";
import { clearSignInCookie, readSignInCookie, setSignInCookie } from "./sign-in-cookie.ts";

const attributesOf = (cookie: string) => cookie.split("; ").slice(1);
const asking = (cookie: string) => new Request("http://plugin/connect/finish", { headers: { cookie } });

test.each([
  [
    "https://example.com/plugins/p",
    ["Max-Age=600", "Path=/plugins/p/connect", "HttpOnly", "SameSite=Lax", "Secure"],
  ],
  ["http://example.com/plugins/p", ["Max-Age=600", "Path=/plugins/p/connect", "HttpOnly", "SameSite=Lax"]],
  [
    "https://example.com/chat/plugins/p",
    ["Max-Age=600", "Path=/chat/plugins/p/connect", "HttpOnly", "SameSite=Lax", "Secure"],
  ],
])("Below %s the cookie has %p", (pluginUrl, attributes) => {
  expect(attributesOf(setSignInCookie("state", "secret", pluginUrl, 600))).toEqual(attributes);
});

test("Clearing names the same cookie at the same place", () => {
  const pluginUrl = "https://example.com/plugins/p";
  const set = setSignInCookie("state", "secret", pluginUrl, 600);
  const clear = clearSignInCookie("state", pluginUrl);
  expect(clear).toBe(set.replace("=secret", "=").replace("Max-Age=600", "Max-Age=0"));
});

test("The cookie's name does not tell the state", () => {
  expect(setSignInCookie("the-state", "secret", "https://example.com/plugins/p", 600)).not.toContain(
    "the-state",
  );
});

test("Two sign-ins in one browser each find their own secret", () => {
  const pair = (state: string, secret: string) =>
    setSignInCookie(state, secret, "https://example.com/plugins/p", 600).split(";")[0];
  const request = asking(`a=b;${pair("one", "1=1")};  ${pair("two", "2")}`);
  expect(readSignInCookie(request, "one")).toBe("1=1");
  expect(readSignInCookie(request, "two")).toBe("2");
  expect(readSignInCookie(request, "three")).toBeUndefined();
});

test("An empty or absent cookie is no secret", () => {
  const cleared = clearSignInCookie("one", "https://example.com/plugins/p").split(";")[0] ?? "";
  expect(readSignInCookie(asking(cleared), "one")).toBeUndefined();
  expect(readSignInCookie(new Request("http://plugin/"), "one")).toBeUndefined();
});

test("A state with signs of its own adds no attribute and no line", () => {
  const cookie = setSignInCookie("a; Domain=evil.test\r\nx: y", "s", "https://example.com/plugins/p", 1);
  expect(cookie).toMatch(/^msteams-sign-in-[\w-]{16}=s; Max-Age=1; /);
});
