import { createHash } from "node:crypto";

/** SHA-256 in hex: what is stored of a value that could be replayed. The values are random, so no salt is needed. */
export function secretHash(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
