import { NotCopyable } from "../../application/copying/copying-ports.ts";
import { GraphError } from "../../application/graph/graph-error.ts";

/**
 * The whole body, as it arrives; reading stops as soon as there is more than `maxBytes` of it, whatever was announced.
 * Throws {@link NotCopyable} `too-large`, and {@link GraphError} `unreachable` when the connection breaks.
 */
export async function readWithin(response: Response, maxBytes: number): Promise<Uint8Array> {
  const announced = Number(response.headers.get("content-length") ?? 0);
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    if (announced > maxBytes) throw new NotCopyable("too-large");
    for await (const part of response.body ?? []) {
      length += part.length;
      if (length > maxBytes) throw new NotCopyable("too-large");
      parts.push(part);
    }
  } catch (cause) {
    await response.body?.cancel().catch(() => undefined);
    if (cause instanceof NotCopyable) throw cause;
    throw new GraphError("unreachable", "The connection to Microsoft broke while a file was read.", {
      cause,
    });
  }
  return joined(parts, length);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
