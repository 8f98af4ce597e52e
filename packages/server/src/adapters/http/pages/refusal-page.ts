import type { Refusal } from "../../../application/connections/refusal.ts";
import type { AccountRefusal } from "../../../domain/account-check.ts";
import { newLink } from "./new-link.ts";
import type { RefusalPage } from "./page.ts";
import { signInFailurePage } from "./sign-in-failure-page.ts";

const signOutFirst =
  "Open the link in a browser, or a private window, where you are signed in to Mattermost as yourself.";

/** What a person reads for each way a sign-in can end without a connection. */
export function refusalPage(refusal: Refusal): RefusalPage {
  switch (refusal.reason) {
    case "malformed-link":
      return page(400, "This link is not complete", "A part of the address is missing.", newLink);
    case "link-gone":
      return page(
        410,
        "This link is no longer valid",
        "A link works once and for ten minutes. This one was used already or is older.",
        newLink,
      );
    case "not-signed-in":
      return page(
        401,
        "Sign in to Mattermost first",
        "You are not signed in to Mattermost in this browser, so it cannot be seen whose account would be connected.",
        "Sign in to Mattermost in this browser, then open the link again.",
      );
    case "other-person":
      return page(
        403,
        "This link belongs to someone else",
        "Only the person who asked for it can use it.",
        `${signOutFirst} ${newLink}`,
      );
    case "deactivated":
      return page(
        403,
        "Your Mattermost account is deactivated",
        "An account that is deactivated cannot be connected to Teams. Nothing was connected.",
        "Please ask your system administrator to activate it, then type /msteams connect in Mattermost.",
      );
    case "other-browser":
      return page(
        403,
        "This sign-in began in another browser",
        "For your safety it can only be finished in the browser and window where the link was opened.",
        `Cookies must be allowed. ${newLink}`,
      );
    case "not-set-up":
      return page(
        503,
        "Not set up yet",
        "Microsoft Teams Notifications is not ready to connect accounts.",
        "Please ask your system administrator; /msteams status tells them what is missing.",
      );
    case "storage-unavailable":
      return page(
        503,
        "This did not work",
        "The plugin could not read or store what it needs. Nothing was connected.",
        `Please try again in a minute. ${newLink}`,
      );
    case "subscription-failed":
      return page(
        502,
        "Your account could not be connected",
        refusal.explanation,
        `Nothing was connected. ${newLink}`,
      );
    case "sign-in-failed":
      return signInFailurePage(refusal.code);
    default:
      return accountPage(refusal);
  }
}

function accountPage(refusal: AccountRefusal): RefusalPage {
  const otherAccount = `Choose the right account at Microsoft. ${newLink}`;
  switch (refusal.reason) {
    case "email-differs":
      return page(
        403,
        "The e-mail addresses differ",
        `Your address in Mattermost is ${refusal.expected}, but you signed in to Microsoft ${refusal.found === undefined ? "with an account that has no address" : `as ${refusal.found}`}.`,
        `Sign in as ${refusal.expected}. ${newLink}`,
      );
    case "teams-email-unverified":
      return page(
        403,
        "Your Microsoft address is not verified",
        `Your organisation at Microsoft has not verified ${refusal.found ?? "the address of this account"}.`,
        "Please ask the administrator of your Microsoft organisation.",
      );
    case "guest-account":
      return page(
        403,
        "Guest accounts cannot be connected",
        "You signed in as a guest of the organisation.",
        otherAccount,
      );
    case "wrong-tenant":
      return page(
        403,
        "This account is of another organisation",
        "This Mattermost server works with one Microsoft organisation, and the account you chose is not part of it.",
        otherAccount,
      );
    case "already-connected":
      return page(
        409,
        "You are already connected",
        "Your Mattermost account already has a Teams account. Nothing was changed.",
        "To use another one, type /msteams disconnect in Mattermost, then /msteams connect.",
      );
    case "account-taken":
      return page(
        409,
        "This Teams account is in use",
        "It is connected to another Mattermost account. Nothing was changed.",
        "Disconnect it there with /msteams disconnect first, or ask your system administrator.",
      );
  }
}

function page(status: RefusalPage["status"], title: string, happened: string, doThis: string): RefusalPage {
  return { status, title, happened, doThis };
}
