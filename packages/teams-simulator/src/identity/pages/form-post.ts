import { html, raw } from "hono/html";
import { type Html, page } from "./layout.ts";

/** A form that posts `fields` to `action` by itself (OAuth 2.0 Form Post Response Mode), or by its button without scripts. */
export function formPostPage(action: string, fields: Readonly<Record<string, string>>): Html {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return page(
    "Going back",
    html`<form method="post" action="${action}">${inputs}<button class="main">Continue</button></form>
<script>${raw("document.forms[0].submit()")}</script>`,
  );
}
