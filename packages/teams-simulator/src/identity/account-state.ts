import type { User } from "../tenant/user.ts";
import { EntraError } from "./entra-error.ts";
import type { Realm } from "./realm.ts";

/** The person, who may still sign in. Throws `user-unknown` once removed from the directory and `user-disabled`. */
export function activeUser(userId: string, realm: Pick<Realm, "tenant">): User {
  const user = realm.tenant.directory.findUser(userId);
  if (user === undefined) throw new EntraError("user-unknown", userId);
  if (!user.accountEnabled) throw new EntraError("user-disabled", user.userPrincipalName);
  return user;
}
