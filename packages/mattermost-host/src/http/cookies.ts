/** The cookie that carries a login. */
export const sessionCookie = "MMAUTHTOKEN";
/** Tell the web app who is signed in and what it has to repeat in `X-CSRF-Token`. */
export const userCookie = "MMUSERID";
export const csrfCookie = "MMCSRF";

/** The value of a cookie in a `Cookie` header, or undefined. */
export function cookieValue(header: string | null, name: string): string | undefined {
  for (const pair of pairsOf(header)) if (nameOf(pair) === name) return pair.slice(name.length + 1);
  return undefined;
}

/** The `Cookie` header without one cookie; undefined when nothing is left. */
export function withoutCookie(header: string | null, name: string): string | undefined {
  const kept = pairsOf(header).filter((pair) => nameOf(pair) !== name);
  return kept.length > 0 ? kept.join("; ") : undefined;
}

function pairsOf(header: string | null): string[] {
  return (header ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair !== "");
}

function nameOf(pair: string): string {
  const equals = pair.indexOf("=");
  return equals < 0 ? pair : pair.slice(0, equals);
}
