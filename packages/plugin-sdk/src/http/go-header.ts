import type { HttpHeader } from "../models/http.ts";

/** What Go's `textproto.CanonicalMIMEHeaderKey` makes of a name: `content-type` → `Content-Type`. */
export function canonicalName(name: string): string {
  return name
    .toLowerCase()
    .replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}

const isAscii = (value: string) => /^[\t\x20-\x7e]*$/.test(value);

/** Go strings are bytes; web headers hold one character per byte. */
function toByteString(value: string): string {
  return isAscii(value) ? value : Buffer.from(value, "utf8").toString("latin1");
}

function fromByteString(value: string): string {
  return isAscii(value) ? value : Buffer.from(value, "latin1").toString("utf8");
}

/** Go's header map as web headers. Names and values that HTTP does not allow are left out. */
export function headersFromGo(header: HttpHeader | undefined): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(header ?? {})) {
    for (const value of values) {
      try {
        headers.append(name, toByteString(value));
      } catch {
        // One malformed header must not make the whole request unreadable.
      }
    }
  }
  return headers;
}

/** Web headers as Go's header map: canonical names; each Set-Cookie stays a value of its own. */
export function headersToGo(headers: Headers): HttpHeader {
  const header: HttpHeader = {};
  headers.forEach((value, name) => {
    if (name !== "set-cookie") header[canonicalName(name)] = [fromByteString(value)];
  });
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) header["Set-Cookie"] = cookies.map(fromByteString);
  return header;
}
