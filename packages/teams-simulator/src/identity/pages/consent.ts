import { html } from "hono/html";
import { type Html, page } from "./layout.ts";

/** "Permissions requested": agree for oneself, or decline. */
export function consentPage(consent: {
  readonly appName: string;
  readonly action: string;
  readonly username: string;
  readonly permissions: readonly string[];
}): Html {
  return page(
    "Permissions requested",
    html`<p><strong>${consent.appName}</strong> asks ${consent.username} for:</p>
<ul class="plain">${consent.permissions.map((permission) => html`<li>${permission}</li>`)}</ul>
<form class="stack" method="post" action="${consent.action}">
<button class="main" name="step" value="accept" autofocus>Accept</button>
<button class="quiet" name="step" value="cancel">Cancel</button>
</form>`,
  );
}

/** "Need admin approval": the person cannot agree, and can only go back. */
export function adminApprovalPage(consent: {
  readonly appName: string;
  readonly action: string;
  readonly permissions: readonly string[];
}): Html {
  return page(
    "Approval required",
    html`<p role="alert"><strong>${consent.appName}</strong> needs permissions that only an administrator can grant:
${consent.permissions.join(", ")}.</p>
<form class="stack" method="post" action="${consent.action}">
<button class="main" name="step" value="unapproved" autofocus>Return to the application without consent</button>
</form>`,
  );
}

/** Consent of an administrator for the whole organisation. */
export function adminConsentPage(consent: {
  readonly appName: string;
  readonly action: string;
  readonly organisation: string;
  readonly permissions: readonly string[];
}): Html {
  const list = html`<ul class="plain">${consent.permissions.map((permission) => html`<li>${permission}</li>`)}</ul>`;
  return page(
    "Review permissions for your organisation",
    html`<p><strong>${consent.appName}</strong> asks for everyone in ${consent.organisation}:</p>
${consent.permissions.length === 0 ? html`<p>No further permissions.</p>` : list}
<form class="stack" method="post" action="${consent.action}">
<button class="main" name="step" value="accept" autofocus>Accept</button>
<button class="quiet" name="step" value="cancel">Cancel</button>
</form>`,
  );
}
