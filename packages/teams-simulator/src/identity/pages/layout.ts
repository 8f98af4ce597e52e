import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

// A look of its own: nobody should take the simulator for the place where a real password belongs.
const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --edge: #8884; --accent: #2b6a5b; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: light-dark(#eef3f1, #14201d); }
main { width: 100%; max-width: 27rem; padding: 1.5rem; border: 1px solid var(--edge); border-radius: 12px;
  background: light-dark(#fff, #1d2b28); overflow-wrap: anywhere; }
h1 { font-size: 1.35rem; margin: 0 0 .25rem; }
p { margin: .5rem 0; }
ul { list-style: none; padding: 0; margin: 1rem 0; display: grid; gap: .5rem; }
ul.plain { list-style: disc; padding-left: 1.25rem; }
button, input { font: inherit; border-radius: 8px; border: 1px solid var(--edge); padding: .6rem .8rem; width: 100%;
  background: transparent; color: inherit; text-align: left; }
button { cursor: pointer; }
button:hover { border-color: var(--accent); }
button:focus-visible, input:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button.main { background: var(--accent); color: #fff; text-align: center; }
button.quiet { border-color: transparent; text-align: center; }
small { display: block; opacity: .75; }
form.stack { display: grid; gap: .75rem; margin-top: 1rem; }
[role=alert] { border-left: 4px solid #b3402a; padding-left: .75rem; }
footer { margin-top: 1.25rem; font-size: .8rem; opacity: .7; }
`;

/** A whole page: title, content, and a footer that says what this is. */
export function page(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body><main><h1>${title}</h1>${content}<footer>Simulated sign-in. Nothing leaves this computer.</footer></main></body>
</html>`;
}
