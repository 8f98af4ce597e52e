import { html } from "hono/html";
import type { EntraErrorBody } from "../entra-error.ts";
import { type Html, page } from "./layout.ts";

/** A refusal that must not travel to the application. */
export function errorPage(body: EntraErrorBody): Html {
  return page(
    "Sign-in is not possible",
    html`<p role="alert">${body.error_description.split("\r\n")[0]}</p>
<p><small>Trace ID: ${body.trace_id}<br>Correlation ID: ${body.correlation_id}<br>Timestamp: ${body.timestamp}</small></p>`,
  );
}

/** What an error number means; the target of `error_uri`. */
export function errorNumberPage(title: string, explanation: string): Html {
  return page(title, html`<p>${explanation}</p>`);
}

export function signedOutPage(): Html {
  return page(
    "Signed out",
    html`<p>You are signed out of this browser's session. You can close this window.</p>`,
  );
}
