export type JsonBody =
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "too-large" }
  | { readonly kind: "not-json" };

/**
 * Reads a JSON body of at most `maxBytes`, in pieces, so that a sender who announces little and sends much costs no more
 * than an honest one.
 */
export async function readJson(request: Request, maxBytes: number): Promise<JsonBody> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return { kind: "too-large" };
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of request.body ?? []) {
    bytes += piece.byteLength;
    if (bytes > maxBytes) return { kind: "too-large" };
    pieces.push(piece);
  }
  try {
    return { kind: "json", value: JSON.parse(Buffer.concat(pieces).toString("utf8")) };
  } catch {
    return { kind: "not-json" };
  }
}
