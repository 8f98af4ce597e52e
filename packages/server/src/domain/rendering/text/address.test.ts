import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { foreignText } from "../testing/foreign-text.ts";
import { claimedHosts, hostOf, splitAtAddresses, webAddress } from "./address.ts";

describe("a web address", () => {
  test.each([
    ["https://example.com/a_b?c=(d)#e", "https://example.com/a%5Fb?c=%28d%29#e"],
    [" HTTP://Example.COM ", "http://example.com/"],
    ["https://bank.example@evil.example/x", "https://evil.example/x"],
    ["https://medium.com/@ann", "https://medium.com/%40ann"],
    ["https://ex\u00e4mple.com/", "https://xn--exmple-cua.com/"],
    ["https://example.com:8443/", "https://example.com:8443/"],
  ])("%p is written %p", (text, address) => {
    expect(webAddress(text)?.href).toBe(address);
  });

  test.each([
    ["javascript:alert(1)"],
    ["data:text/html,x"],
    ["msteams:/l/chat"],
    ["mailto:a@b.c"],
    ["//example.com"],
    ["/files"],
    ["http://[::1]/"],
    ["http://evil.example)/"],
    ["http://evil.example.---"],
    ["http://evil.example__-/"],
    [`http://${"a.".repeat(200)}example`],
    ["example.com"],
    [""],
    [`https://example.com/${"a".repeat(5_000)}`],
  ])("is not %p", (text) => {
    expect(webAddress(text)).toBeUndefined();
  });

  test("leads to the host it shows", () => {
    const url = webAddress("https://WWW.Example.com:444/");
    expect(url && hostOf(url)).toBe("example.com:444");
  });

  test("survives being written and read again", () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (text) => {
        const once = webAddress(text);
        expect(once && webAddress(once.href)?.href).toBe(once?.href);
      }),
    );
  });
});

test.each([
  ["click here", []],
  ["go to www.Bank.com/login", ["bank.com"]],
  ["https://a.b.example:1/", ["a.b.example"]],
  ["bank\u3002com", ["bank\u3002com"]],
  ["ba\u200bnk.com", ["bank.com"]],
  ["10.0.0.1", ["10.0.0.1"]],
  ["bank.example.a", ["bank.example.a"]],
  ["report.docx, backup.zip, Node.js", ["backup.zip", "node.js"]],
  ["Version 2.0, e.g. this", []],
])("%p claims to be %p", (text, hosts) => {
  expect(claimedHosts(text)).toEqual(hosts);
});

describe("the addresses in a text", () => {
  test.each([
    ["see https://a.example/b.", ["see ", "<https://a.example/b>", "."]],
    ["(https://a.example)", ["(", "<https://a.example>", ")"]],
    ["https://a.example/x_(y)", ["<https://a.example/x_(y)>"]],
    ["www.a.example, ok", ["<www.a.example>", ", ok"]],
    ["xhttps://a.example", ["xhttps://a.example"]],
    ["https://", ["https://"]],
    ["none", ["none"]],
    ["", []],
  ])("of %p are found", (text, parts) => {
    expect(
      splitAtAddresses(text).map((part) => (part.kind === "text" ? part.text : `<${part.text}>`)),
    ).toEqual(parts);
  });

  test("and what stands between are the whole text", () => {
    fc.assert(
      fc.property(foreignText, (text) => {
        expect(
          splitAtAddresses(text)
            .map((part) => part.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });
});
