import { html } from "hono/html";
import { type Html, page } from "./layout.ts";

export interface CredentialsForm {
  readonly appName: string;
  readonly action: string;
  readonly username: string;
  readonly asksPassword: boolean;
  /** Why the last attempt failed. */
  readonly problem?: string | undefined;
}

/** "Sign in": the account's name, and its password when it has one. */
export function credentialsPage(form: CredentialsForm): Html {
  const password = html`<label>Password <input type="password" name="password" autocomplete="off" required autofocus></label>`;
  return page(
    "Sign in",
    html`<p>to continue to <strong>${form.appName}</strong></p>
${form.problem === undefined ? "" : html`<p role="alert">${form.problem}</p>`}
<form class="stack" method="post" action="${form.action}">
<input type="hidden" name="step" value="choose">
<label>Account <input name="username" value="${form.username}" placeholder="someone@example.com" autocomplete="off" required${form.asksPassword ? "" : html` autofocus`}></label>
${form.asksPassword ? password : ""}
<button class="main">Next</button>
</form>
<form method="post" action="${form.action}"><button class="quiet" name="step" value="cancel">Cancel</button></form>`,
  );
}
