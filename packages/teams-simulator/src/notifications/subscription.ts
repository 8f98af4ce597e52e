import type { KeyObject } from "node:crypto";
import type { Topic } from "./topic.ts";

export type ChangeType = "created" | "updated" | "deleted";

/** The subscriber's certificate for rich notifications; `thumbprint` is SHA-1 in upper-case hex. */
export interface EncryptionCertificate {
  readonly id: string;
  readonly publicKey: KeyObject;
  readonly thumbprint: string;
}

/** A subscription in force; times in epoch milliseconds. */
export interface Subscription {
  readonly id: string;
  readonly applicationId: string;
  readonly creatorId: string;
  /** The signed-in person who created it, null with an application token. */
  readonly userId: string | null;
  readonly resource: string;
  readonly topic: Topic;
  readonly changeTypes: readonly ChangeType[];
  notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly clientState: string | null;
  readonly includeResourceData: boolean;
  readonly includeUnknownEnumMembers: boolean;
  readonly latestSupportedTlsVersion: string;
  encryption: EncryptionCertificate | null;
  expiresAt: number;
  /** End of the access token that last authorized it: without renewal, delivery pauses then. */
  authorizedUntil: number;
  /** False after its permission was revoked, until someone reauthorizes it. */
  authorized: boolean;
  lastRenewal: { readonly kind: "patch" | "reauthorize"; readonly at: number } | null;
}
