import { randomBytes } from "node:crypto";

/** Mattermost ids are 128 random bits in this base-32 alphabet without padding (model.NewId). */
const alphabet = "ybndrfg8ejkmcpqxot1uwisza345h769";

/** Makes a new id, token or other unguessable name. */
export type NewId = () => string;

/** A random Mattermost id: 26 lower-case characters. */
export const randomId: NewId = () => encodeId(randomBytes(16));

/** The 26 characters of 16 bytes. */
export function encodeId(bytes: Uint8Array): string {
  let out = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += alphabet.charAt((held >> bits) & 31);
    }
  }
  return bits > 0 ? out + alphabet.charAt((held << (5 - bits)) & 31) : out;
}
