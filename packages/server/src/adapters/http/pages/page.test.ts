import { expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { pageHeaders, renderPage } from "./page.ts";

const hostile = `<img src=x onerror="alert(1)"> & '</title><script>alert(2)</script>`;
const escaped =
  "&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;&lt;/title&gt;&lt;script&gt;alert(2)&lt;/script&gt;";

test("Every text of a page is escaped, wherever it stands", () => {
  const link = { text: hostile, url: `https://example.com/?q=${hostile}` };
  const html = renderPage({ title: hostile, happened: hostile, doThis: hostile, link });
  expect(html).not.toContain("<img");
  expect(html).not.toContain("<script");
  expect(html.match(/<\/title>/g)).toHaveLength(1);
  expect(html).toContain(`<title>${escaped} ·`);
  expect(html).toContain(`<h1>${escaped}</h1>`);
  expect(html.split(`<p>${escaped}</p>`)).toHaveLength(3);
  expect(html).toContain(`<a href="https://example.com/?q=${escaped}">${escaped}</a>`);
});

test("The one style is allowed by its hash, and nothing else is allowed", () => {
  const html = renderPage({ title: "t", happened: "h", doThis: "d" });
  const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? "";
  expect(style).not.toBe("");
  const hash = createHash("sha256").update(style).digest("base64");
  const directives = pageHeaders["content-security-policy"]?.split("; ");
  expect(directives).toEqual([
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
});

test("A page needs nothing from elsewhere and no inline style", () => {
  const html = renderPage({ title: "t", happened: "h", doThis: "d" });
  expect(html).not.toMatch(/\b(src|href|style|on\w+)=/);
  expect(html).not.toMatch(/url\(|@import/);
});

test("A page is for readers of a screen, narrow windows and dark rooms", () => {
  const html = renderPage({ title: "t", happened: "h", doThis: "d" });
  expect(html).toStartWith('<!doctype html>\n<html lang="en">');
  expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
  expect(html).toContain("prefers-color-scheme: dark");
  expect(html.match(/<h1>/g)).toHaveLength(1);
  expect(html).toContain("<main>");
});
