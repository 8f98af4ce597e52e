/** A person in the tenant's directory; `id` is the Entra object id (claim `oid`, Graph user `id`). */
export interface User {
  readonly id: string;
  displayName: string;
  givenName: string | null;
  surname: string | null;
  userPrincipalName: string;
  mail: string | null;
  userType: "Member" | "Guest";
  accountEnabled: boolean;
  /** Asked for at sign-in when present; absent means that choosing the account is enough. */
  password?: string;
  /** Value of the optional `xms_edov` claim; absent means that the tenant does not issue the claim. */
  mailDomainVerified?: boolean;
  /** The issuer of a guest's home directory (claim `idp`). */
  homeIdentityProvider?: string;
}

export type NewUser = Partial<User> & { readonly displayName: string };
