import type { HttpRequestSubset } from "../models/http.ts";
import { headersFromGo } from "./go-header.ts";

/** Requests without a usable Host header, such as those from other plugins, get this name. */
const unknownHost = "plugin.invalid";

/** Methods that carry no body in the web's model. */
const withoutBody = new Set(["GET", "HEAD"]);

function urlOf(subset: HttpRequestSubset): URL {
  const path = subset.url ?? "/";
  try {
    return new URL(path, `http://${subset.host || unknownHost}`);
  } catch {
    return new URL(path, `http://${unknownHost}`);
  }
}

/** The Content-Length a request states, in bytes. */
export function contentLengthOf(subset: HttpRequestSubset): number | undefined {
  const text = subset.header?.["Content-Length"]?.[0];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Where the body comes from; only asked for when the request can have one. */
export interface RequestBody {
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/**
 * A request from Mattermost as the web's `Request`. Its URL has the host the browser used and the path behind
 * `/plugins/<id>`. Throws `TypeError` for what the web forbids (method TRACE, a URL that is none).
 */
export function requestFromGo(
  subset: HttpRequestSubset,
  body: RequestBody | undefined,
  signal: AbortSignal,
): Request {
  const init = { method: subset.method || "GET", headers: headersFromGo(subset.header), signal };
  if (body === undefined || withoutBody.has(init.method)) return new Request(urlOf(subset), init);
  // `duplex` is what the Fetch standard asks of streamed bodies, though not every runtime insists on it.
  const streamed: RequestInit & { duplex: "half" } = { ...init, body: body.readable, duplex: "half" };
  return new Request(urlOf(subset), streamed);
}
