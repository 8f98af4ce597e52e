import { accountName } from "../connections/wording.ts";
import type { AccessProblem } from "./access-ports.ts";

type Refusal = Pick<AccessProblem, "area" | "code">;

/** What an application's problem is and what an administrator can do, one or two sentences. */
export function explainToAdministrator({ area, code }: Refusal): string {
  switch (area) {
    case "sign-in":
      return "Microsoft refuses the client ID or secret: check both, and whether the secret has expired.";
    case "presence":
      return "Microsoft does not let the application read presence, so every message is delivered: grant Presence.Read.All with admin consent.";
    case "messages":
      return code === "not-found"
        ? "Microsoft does not find the accounts whose messages are to be read: check the tenant ID."
        : "Microsoft does not let the application read messages, so lost ones cannot be found: grant Chat.Read.All with admin consent.";
    case "setting":
      return "*Sync notifications* is switched off in the plugin's settings: nothing is received.";
  }
}

/** The bot's direct message to a person whose messages alone cannot be read. */
export function explainToPerson(code: AccessProblem["code"], account: string): string {
  const name = accountName(account);
  if (code === "not-found") {
    return [
      `**Microsoft does not find your Teams account** ${name} **any more**, so no messages from Teams arrive here.`,
      "If you have another account now, type `/msteams disconnect` and then `/msteams connect`. Otherwise please tell your system administrator.",
    ].join("\n");
  }
  return [
    `**Microsoft does not let this Mattermost server read the Teams messages of** ${name}, so some or all of them do not arrive here.`,
    "Please tell your system administrator. You need not do anything else: once it is allowed again, messages go on arriving.",
  ].join("\n");
}
