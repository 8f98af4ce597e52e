import type { User } from "../../tenant/user.ts";

// What Graph answers when nothing is selected; the rest must be asked for by name.
const defaultProperties = [
  "businessPhones",
  "displayName",
  "givenName",
  "jobTitle",
  "mail",
  "mobilePhone",
  "officeLocation",
  "preferredLanguage",
  "surname",
  "userPrincipalName",
] as const;

/** A user as Graph writes it, restricted to `select` or to Graph's default properties. */
export function userResource(
  user: User,
  select: readonly string[] | undefined,
): Readonly<Record<string, unknown>> {
  const everything: Readonly<Record<string, unknown>> = {
    businessPhones: [],
    displayName: user.displayName,
    givenName: user.givenName,
    jobTitle: null,
    mail: user.mail,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: user.surname,
    userPrincipalName: user.userPrincipalName,
    userType: user.userType,
    accountEnabled: user.accountEnabled,
    otherMails: [],
    proxyAddresses: user.mail === null ? [] : [`SMTP:${user.mail}`],
  };
  const names = select ?? defaultProperties;
  return {
    ...Object.fromEntries(names.filter((name) => name in everything).map((name) => [name, everything[name]])),
    id: user.id,
  };
}
