import { readFileSync } from "node:fs";
import { LocalPostgresError } from "./local-postgres-error.ts";

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Whom PostgreSQL runs as, or `undefined` for the current user. PostgreSQL refuses to run as root, and its initdb wants an
 * account that exists; `postgres` or `nobody` are taken because creating an account would change the system for good.
 */
export function unprivilegedUser(
  uid: number | undefined,
  readAccounts: () => string = () => readFileSync("/etc/passwd", "utf8"),
): Owner | undefined {
  if (uid !== 0) return undefined;
  const accounts = parseAccounts(readAccounts());
  const account = accounts.get("postgres") ?? accounts.get("nobody");
  if (account === undefined) {
    throw new LocalPostgresError(
      "no-unprivileged-user",
      "PostgreSQL does not run as root and neither a postgres nor a nobody account exists. Run as an ordinary user.",
    );
  }
  return account;
}

/** passwd(5): name:password:uid:gid:… */
function parseAccounts(text: string): ReadonlyMap<string, Owner> {
  const accounts = new Map<string, Owner>();
  for (const line of text.split("\n")) {
    const [name, , uid, gid] = line.split(":");
    if (name !== undefined && uid !== undefined && gid !== undefined) {
      accounts.set(name, { uid: Number(uid), gid: Number(gid) });
    }
  }
  return accounts;
}
