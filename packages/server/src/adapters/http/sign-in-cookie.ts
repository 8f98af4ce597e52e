import { secretHash } from "../../application/connections/secret-hash.ts";

/** One cookie per sign-in, so that two windows do not disturb each other. */
function cookieName(state: string): string {
  return `msteams-sign-in-${secretHash(state).slice(0, 16)}`;
}

/**
 * Keeps a browser's secret until Microsoft sends it back. `SameSite=Lax` is the strictest that survives the way back from
 * another site; the path keeps it from everything else of Mattermost.
 */
export function setSignInCookie(
  state: string,
  secret: string,
  pluginUrl: string,
  lifeSeconds: number,
): string {
  return `${cookieName(state)}=${secret}; Max-Age=${lifeSeconds}${attributes(pluginUrl)}`;
}

export function clearSignInCookie(state: string, pluginUrl: string): string {
  return `${cookieName(state)}=; Max-Age=0${attributes(pluginUrl)}`;
}

export function readSignInCookie(request: Request, state: string): string | undefined {
  const name = cookieName(state);
  const pairs = (request.headers.get("cookie") ?? "").split(/;\s*/);
  const found = pairs.find((pair) => pair.startsWith(`${name}=`));
  return found?.slice(name.length + 1) || undefined;
}

function attributes(pluginUrl: string): string {
  const { protocol, pathname } = new URL(pluginUrl);
  return `; Path=${pathname}/connect; HttpOnly; SameSite=Lax${protocol === "https:" ? "; Secure" : ""}`;
}
