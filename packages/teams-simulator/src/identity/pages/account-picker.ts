import { html } from "hono/html";
import type { User } from "../../tenant/user.ts";
import { type Html, page } from "./layout.ts";

export interface AccountPicker {
  readonly appName: string;
  /** Where the forms go: keeps the authorize request in its query. */
  readonly action: string;
  /** In the order shown; the first one has the focus. */
  readonly accounts: readonly User[];
  readonly signedInIds: readonly string[];
}

/** "Choose an account": one button for each account, another account, and a way back. */
export function accountPickerPage(picker: AccountPicker): Html {
  const account = (
    user: User,
    index: number,
  ) => html`<li><button name="account" value="${user.id}"${index === 0 ? html` autofocus` : ""}>
<strong>${user.displayName}</strong>
<small>${user.userPrincipalName}${user.userType === "Guest" ? " · guest" : ""}${picker.signedInIds.includes(user.id) ? " · signed in" : ""}</small>
</button></li>`;
  return page(
    "Choose an account",
    html`<p>to continue to <strong>${picker.appName}</strong></p>
<form method="post" action="${picker.action}">
<input type="hidden" name="step" value="choose">
<ul>${picker.accounts.map(account)}</ul>
</form>
<form method="post" action="${picker.action}"><button name="step" value="another">Use another account</button></form>
<form method="post" action="${picker.action}"><button class="quiet" name="step" value="cancel">Cancel</button></form>`,
  );
}
