import { createHash } from "node:crypto";

/** A page a person meets in the browser: what happened, and what to do now. All texts are plain; markup is escaped. */
export interface Page {
  readonly title: string;
  readonly happened: string;
  readonly doThis: string;
  readonly link?: { readonly text: string; readonly url: string } | undefined;
}

/** A page that says why something did not happen, with the HTTP status it is answered with. */
export interface RefusalPage extends Page {
  readonly status: 400 | 401 | 403 | 409 | 410 | 502 | 503;
}

const style = `
:root { color-scheme: light dark; --ground: #f4f5fa; --card: #fff; --text: #1d2136; --accent: #29335c; --on-accent: #fff }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14172a; --card: #1f2440; --text: #eceefa; --accent: #aeb8ff; --on-accent: #14172a }
}
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--ground);
  color: var(--text); font: 1rem/1.5 system-ui, sans-serif }
main { width: 100%; max-width: 32rem; padding: clamp(1.25rem, 5vw, 2.5rem); background: var(--card); border-radius: .75rem;
  border-top: .375rem solid var(--accent) }
h1 { margin: 0 0 1rem; font-size: 1.375rem; line-height: 1.25 }
p { margin: 0 0 1rem; overflow-wrap: anywhere }
p:last-child { margin: 0 }
a { display: inline-block; padding: .5rem 1rem; border-radius: .375rem; background: var(--accent); color: var(--on-accent) }
a:focus-visible { outline: .1875rem solid var(--text); outline-offset: .125rem }
`;

const styleHash = createHash("sha256").update(style).digest("base64");

/** Nothing is loaded, framed, posted or run; only the style above applies. */
export const pageHeaders: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

export function renderPage(page: Page): string {
  const link =
    page.link === undefined
      ? ""
      : `\n<p><a href="${escapeHtml(page.link.url)}">${escapeHtml(page.link.text)}</a></p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)} · Microsoft Teams Notifications</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(page.title)}</h1>
<p>${escapeHtml(page.happened)}</p>
<p>${escapeHtml(page.doThis)}</p>${link}
</main>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}
