import { EntraError } from "./entra-error.ts";

const openidScopes: readonly string[] = ["openid", "profile", "email", "offline_access"];

/** A `scope` parameter taken apart. All scopes of one request belong to one resource. */
export interface RequestedScopes {
  /** In the order and the words of the request. */
  readonly all: readonly string[];
  readonly openid: readonly string[];
  /** Permission names of Graph without the resource in front; `.default` for all that are granted. */
  readonly permissions: readonly string[];
}

/** The permission that `scope` names when it belongs to Graph: `User.Read`, or `{graphUrl}/User.Read`. */
function permissionOf(scope: string, graphUrl: string): string {
  const slash = scope.lastIndexOf("/");
  if (slash === -1) return scope;
  const resource = scope.slice(0, slash).replace(/\/$/, "");
  if (resource !== graphUrl) throw new EntraError("resource-unknown", resource);
  return scope.slice(slash + 1);
}

/** Splits `scope`. Throws `scope-invalid` (empty, or `.default` beside single permissions) and `resource-unknown`. */
export function readScopes(scope: string, graphUrl: string): RequestedScopes {
  const all = [...new Set(scope.split(" ").filter((part) => part !== ""))];
  if (all.length === 0) throw new EntraError("scope-invalid", scope);
  const openid = all
    .filter((part) => openidScopes.includes(part.toLowerCase()))
    .map((part) => part.toLowerCase());
  const permissions = all
    .filter((part) => !openidScopes.includes(part.toLowerCase()))
    .map((part) => permissionOf(part, graphUrl));
  if (permissions.includes("") || (permissions.includes(".default") && permissions.length > 1)) {
    throw new EntraError("scope-invalid", scope);
  }
  return { all, openid, permissions };
}

/** An application token takes exactly `{graphUrl}/.default`. */
export function checkApplicationScope(scope: string, graphUrl: string): void {
  const parts = scope.split(" ").filter((part) => part !== "");
  const [only = ""] = parts;
  if (parts.length !== 1 || !only.endsWith("/.default")) throw new EntraError("scope-not-default", scope);
  permissionOf(only, graphUrl);
}

/** The permissions of `requested` that `granted` does not hold. */
export function missingPermissions(
  requested: RequestedScopes,
  granted: readonly string[],
): readonly string[] {
  const known = new Set(granted.map((name) => name.toLowerCase()));
  return requested.permissions.filter((name) => name !== ".default" && !known.has(name.toLowerCase()));
}

/** What the access token may do: the permissions asked for, or all granted ones for `.default` and for openid scopes alone. */
export function effectivePermissions(
  requested: RequestedScopes,
  granted: readonly string[],
): readonly string[] {
  const named = requested.permissions.filter((name) => name !== ".default");
  return named.length > 0 ? named : granted;
}
