import { objectOf, textOf } from "./graph-json.ts";

/** `organization` includes guests with an account in the tenant: Graph does not tell them apart in a message. */
export type UserStanding =
  | "organization"
  | "federated"
  | "anonymous-guest"
  | "personal-account"
  | "skype"
  | "phone"
  | "email"
  | "unknown";

export type ApplicationKind = "bot" | "connector" | "webhook" | "application";

/** Who wrote a message. Deleted and system messages have nobody. */
export type Sender =
  | {
      readonly kind: "user";
      /** Lower case; an Entra object id only for `organization` and `federated`. */
      readonly id: string;
      readonly displayName: string | undefined;
      readonly tenantId: string | undefined;
      readonly standing: UserStanding;
    }
  | {
      readonly kind: "application";
      readonly id: string | undefined;
      readonly displayName: string | undefined;
      readonly application: ApplicationKind;
    }
  | { readonly kind: "none" };

const standings: Readonly<Record<string, UserStanding>> = {
  aaduser: "organization",
  onpremiseaaduser: "organization",
  federateduser: "federated",
  anonymousguest: "anonymous-guest",
  personalmicrosoftaccountuser: "personal-account",
  skypeuser: "skype",
  phoneuser: "phone",
  emailuser: "email",
};

const applications: Readonly<Record<string, ApplicationKind>> = {
  bot: "bot",
  tenantbot: "bot",
  office365connector: "connector",
  outgoingwebhook: "webhook",
};

/** Reads `from` of a chat message, or the sender inside a quoted one (facts, section 5). Never throws. */
export function parseSender(json: unknown): Sender {
  const from = objectOf(json);
  const user = objectOf(from?.user);
  const id = textOf(user?.id);
  if (user !== undefined && id !== undefined) {
    return {
      kind: "user",
      id: id.toLowerCase(),
      displayName: textOf(user.displayName),
      tenantId: textOf(user.tenantId)?.toLowerCase(),
      standing: standings[textOf(user.userIdentityType)?.toLowerCase() ?? ""] ?? "unknown",
    };
  }
  const application = objectOf(from?.application);
  if (application === undefined) return { kind: "none" };
  return {
    kind: "application",
    id: textOf(application.id)?.toLowerCase(),
    displayName: textOf(application.displayName),
    application:
      applications[textOf(application.applicationIdentityType)?.toLowerCase() ?? ""] ?? "application",
  };
}
