import type { Connection } from "./connection.ts";

/** Who signed in at Microsoft, from a verified id token. */
export interface TeamsAccount {
  readonly tenantId: string;
  readonly objectId: string;
  readonly email: string | undefined;
  /** What `xms_edov` says about the address's domain; `unknown` when the token is silent. */
  readonly emailVerified: "verified" | "unverified" | "unknown";
  readonly preferredUsername: string | undefined;
  readonly name: string | undefined;
  readonly isGuest: boolean;
}

export interface AccountQuestion {
  /** The person in Mattermost who asked to be connected. */
  readonly person: { readonly id: string; readonly email: string };
  readonly account: TeamsAccount;
  /** The tenant of the settings. */
  readonly tenantId: string;
  readonly connectionOfPerson: Connection | undefined;
  readonly connectionOfAccount: Connection | undefined;
  readonly nowMs: number;
}

/** Why an account is not connected. `expected` and `found` are addresses, for the page that explains it. */
export type AccountRefusal =
  | { readonly reason: "email-differs"; readonly expected: string; readonly found: string | undefined }
  | { readonly reason: "teams-email-unverified"; readonly found: string | undefined }
  | { readonly reason: "guest-account" }
  | { readonly reason: "wrong-tenant" }
  | { readonly reason: "already-connected" }
  | { readonly reason: "account-taken" };

export type AccountCheck =
  | { readonly kind: "accepted"; readonly connection: Connection }
  | { readonly kind: "refused"; readonly refusal: AccountRefusal };

/**
 * Decides whether the account that signed in becomes the person's (facts, section 1). The addresses on both sides must
 * be the same, and Microsoft must not call its own unverified, or anybody who can write an address into a profile could
 * take over another's messages; guests are refused, because their address is the word of another organisation. Whether
 * Mattermost has verified the person's address plays no part: whoever borrowed one would still have to sign in at
 * Microsoft as its owner, and most servers verify none. The user name counts only when the token brings no address.
 */
export function checkAccount(question: AccountQuestion): AccountCheck {
  const refusal = refusalOf(question);
  if (refusal !== undefined) return { kind: "refused", refusal };
  const { account, person, nowMs } = question;
  const teamsAccount = account.email ?? account.preferredUsername ?? account.objectId;
  const tenantId = account.tenantId.toLowerCase();
  const teamsUserId = account.objectId.toLowerCase();
  return {
    kind: "accepted",
    connection: { userId: person.id, tenantId, teamsUserId, teamsAccount, connectedAtMs: nowMs },
  };
}

function refusalOf(question: AccountQuestion): AccountRefusal | undefined {
  const { account, person } = question;
  const found = account.email ?? account.preferredUsername;
  const expected = person.email;
  if (question.connectionOfPerson !== undefined) return { reason: "already-connected" };
  if (account.tenantId.toLowerCase() !== question.tenantId.toLowerCase()) return { reason: "wrong-tenant" };
  if (account.isGuest) return { reason: "guest-account" };
  if (!isSameAddress(expected, found)) return { reason: "email-differs", expected, found };
  const isAddressUnverified = account.email !== undefined && account.emailVerified === "unverified";
  if (isAddressUnverified) return { reason: "teams-email-unverified", found };
  if (question.connectionOfAccount !== undefined) return { reason: "account-taken" };
  return undefined;
}

function isSameAddress(one: string, other: string | undefined): boolean {
  return other !== undefined && one.trim() !== "" && folded(one) === folded(other);
}

/** Only A to Z: full Unicode folding would make another person's address, such as one with a Kelvin sign, the same. */
function folded(address: string): string {
  return address.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
