import type { SignInErrorCode } from "../../../application/connections/sign-in-port.ts";
import { newLink } from "./new-link.ts";
import type { RefusalPage } from "./page.ts";

const askAdministrator = "Please tell your system administrator.";

const pages: Readonly<Record<SignInErrorCode, RefusalPage>> = {
  declined: {
    status: 403,
    title: "The sign-in was cancelled",
    happened: "You did not finish signing in at Microsoft. Nothing was connected.",
    doThis: newLink,
  },
  "expired-code": {
    status: 410,
    title: "The sign-in took too long",
    happened: "What Microsoft handed over is no longer valid. Nothing was connected.",
    doThis: newLink,
  },
  "misconfigured-client": {
    status: 502,
    title: "Microsoft does not accept this server",
    happened:
      "The settings of the plugin do not match its app registration at Microsoft. Nothing was connected.",
    doThis: `${askAdministrator} The client ID, the client secret or the redirect address needs attention.`,
  },
  unreachable: {
    status: 503,
    title: "Microsoft cannot be reached",
    happened: "Microsoft's sign-in did not answer. Nothing was connected.",
    doThis: `Try again in a few minutes. ${newLink}`,
  },
  "consent-missing": {
    status: 403,
    title: "Your organisation has not agreed yet",
    happened: "An administrator of your Microsoft organisation has to consent to this app first.",
    doThis: askAdministrator,
  },
  "blocked-by-policy": {
    status: 403,
    title: "A rule of your organisation stopped the sign-in",
    happened:
      "Your Microsoft organisation does not let this account sign in here, from this device or without another step.",
    doThis: "Please ask the administrator of your Microsoft organisation.",
  },
  unexpected: {
    status: 502,
    title: "The sign-in did not work",
    happened: "Microsoft gave an answer that was not expected. Nothing was connected.",
    doThis: `${newLink} If it happens again, tell your system administrator.`,
  },
};

export function signInFailurePage(code: SignInErrorCode): RefusalPage {
  return pages[code];
}
