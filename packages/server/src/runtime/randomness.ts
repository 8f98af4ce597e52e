import { randomBytes } from "node:crypto";
import type { Randomness } from "../application/randomness.ts";

/** Mattermost's own alphabet of ids, five bits a character. */
const idAlphabet = "ybndrfg8ejkmcpqxot1uwisza345h769";
const idCharacters = 26;

/** The operating system's source. */
export const systemRandomness: Randomness = {
  token: (bytes) => randomBytes(bytes).toString("base64url"),
  mattermostId: () =>
    Array.from(randomBytes(idCharacters), (byte) => idAlphabet[byte % idAlphabet.length]).join(""),
};
