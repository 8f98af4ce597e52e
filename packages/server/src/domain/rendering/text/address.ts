/** Browsers and proxies cut longer ones; a Markdown link of this length is noise. */
const maxAddressChars = 4_000;

/** RFC 1035, section 2.3.4. */
const maxHostChars = 253;
/** Browsers let parentheses through here, where they cannot be encoded, and names of nothing but hyphens. */
const host = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$/;

/**
 * A web address as it may stand in a Markdown link, or undefined for anything but http and https. User names and
 * passwords are dropped, because `https://bank.example@evil.example` reads as the wrong host; characters with a meaning
 * in Markdown are percent-encoded, which leads to the same place (RFC 3986, section 2.4).
 */
export function webAddress(text: string): URL | undefined {
  const url = URL.parse(text.trim());
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return undefined;
  // The dot of the root domain leads to the same host, and reads as the end of a sentence.
  url.hostname = url.hostname.replace(/\.$/, "");
  if (url.hostname.length > maxHostChars || !host.test(url.hostname)) return undefined;
  const rest = (url.pathname + url.search + url.hash).replace(
    /[()<>[\]{}"'`\\|*_~@!$^]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const address = url.origin + rest;
  return address.length > maxAddressChars ? undefined : (URL.parse(address) ?? undefined);
}

/** Who one visits there: lower case, ASCII (foreign scripts as `xn--…`), without `www.`, with a port that is not usual. */
export function hostOf(url: URL): string {
  return url.host.replace(/^www\./, "");
}

/** From the first letter on, so that a long text is read once. */
const dotted = /(?<![\p{L}\p{N}_-])[\p{L}\p{N}_-]+(?:[.\u3002\uff0e\uff61][\p{L}\p{N}_-]+)+/gu;

/** Whether names joined by dots can be a host's: one behind the first is a word, or they are an IPv4 address. */
function isHostLike(dottedNames: string): boolean {
  const names = dottedNames.split(/[.\u3002\uff0e\uff61]/);
  return (
    names.some((name, index) => index > 0 && /^\p{L}[\p{L}\p{N}_-]+$/u.test(name)) ||
    (names.length >= 4 && names.every((name) => /^\d{1,3}$/.test(name)))
  );
}

/** What documents end with and no host does: none is a top-level domain, unlike `zip`, `mov`, `md` or `ai`. */
const documentName =
  /\.(?:docx?|xlsx?|pptx?|pdf|png|jpe?g|gif|svg|heic|webp|txt|csv|json|xml|html?|msg|eml|mp[34]|wav)$/;

/**
 * The hosts that a reader may take this text for, lower case, without `www.`. Reads generously: `backup.zip` is one, as
 * is what looks like a host in another script.
 */
export function claimedHosts(text: string): readonly string[] {
  const plain = text.normalize("NFKC").replace(/\p{Cf}/gu, "");
  return [...plain.matchAll(dotted)]
    .filter(([names]) => isHostLike(names))
    .map(([host]) => host.toLowerCase().replace(/^www\./, ""))
    .filter((host) => !documentName.test(host));
}

const bareAddress = /(?:https?:\/\/|www\.)[^\s<>"'`|\u200b]+/gi;

export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "address"; readonly text: string; readonly url: string };

/** Splits text at the web addresses in it. Punctuation that ends a sentence belongs to the text. */
export function splitAtAddresses(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const found of text.matchAll(bareAddress)) {
    const address = withoutTrailing(found[0]);
    const url = /^www\./i.test(address) ? `http://${address}` : address;
    const before = text[found.index - 1] ?? " ";
    if (/[\p{L}\p{N}]/u.test(before) || webAddress(url) === undefined) continue;
    if (found.index > end) parts.push({ kind: "text", text: text.slice(end, found.index) });
    parts.push({ kind: "address", text: address, url });
    end = found.index + address.length;
  }
  if (end < text.length) parts.push({ kind: "text", text: text.slice(end) });
  return parts;
}

function withoutTrailing(address: string): string {
  const trimmed = address.replace(/[.,;:!?*_~\]}]+$/, "");
  return trimmed.endsWith(")") && !trimmed.includes("(") ? withoutTrailing(trimmed.slice(0, -1)) : trimmed;
}
