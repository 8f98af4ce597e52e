import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Randomness } from "../randomness.ts";

/** The owner of a tenant-wide subscription; people's ids are 26 characters long. */
export const tenantOwner = "tenant";

/** 128 bits: no two subscriptions share a state. */
const nonceBytes = 16;

/**
 * The secret that Graph repeats in every notification of one subscription: whose it is, a random part, and their HMAC
 * under the webhook secret. One that leaks opens no other, and one that is genuine says so by itself, even before the
 * subscription it came with is recorded. 93 characters of the 128 that Graph takes (facts, section 3).
 */
export function issueClientState(webhookSecret: string, owner: string, randomness: Randomness): string {
  const claim = `${owner}.${randomness.token(nonceBytes)}`;
  return `${claim}.${mac(webhookSecret, claim)}`;
}

/** The owner a genuine state was issued for, `undefined` for any other text. */
export function ownerOfClientState(webhookSecret: string, state: string): string | undefined {
  const end = state.lastIndexOf(".");
  const claim = state.slice(0, Math.max(0, end));
  if (!isEqual(state.slice(end + 1), mac(webhookSecret, claim))) return undefined;
  return claim.slice(0, claim.indexOf("."));
}

/**
 * What is stored of a state: a mark of the secret it was issued under, and its hash. Enough to recognise both, useless to
 * forge either.
 */
export function hashClientState(state: string, webhookSecret: string): string {
  return `${secretMark(webhookSecret)}.${sha256(state)}`;
}

/** Whether `state` is the one whose hash was stored, in a time that tells nothing about either. */
export function isClientState(state: string, storedHash: string): boolean {
  return isEqual(sha256(state), storedHash.slice(storedHash.lastIndexOf(".") + 1));
}

/** Whether the stored state was issued under this secret, or under one that was replaced since. */
export function isIssuedUnder(webhookSecret: string, storedHash: string): boolean {
  return isEqual(storedHash.slice(0, Math.max(0, storedHash.lastIndexOf("."))), secretMark(webhookSecret));
}

/** 64 bits tell secrets apart and give nothing of them away. */
const markCharacters = 16;

function secretMark(webhookSecret: string): string {
  const mark = createHmac("sha256", webhookSecret).update("mark of the secret").digest("hex");
  return mark.slice(0, markCharacters);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function mac(webhookSecret: string, claim: string): string {
  return createHmac("sha256", webhookSecret).update("client state\0").update(claim).digest("base64url");
}

function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
