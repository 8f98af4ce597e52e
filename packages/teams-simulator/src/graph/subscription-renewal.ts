import type { EncryptionCertificate, Subscription } from "../notifications/subscription.ts";
import { badRequest, GraphError } from "./graph-error.ts";
import { encryptionOf, expirationOf, notificationUrlOf } from "./subscription-request.ts";
import { grantedExpiry } from "./subscription-rules.ts";

/** Whether PATCH takes a new certificate: the documentation says both (section 3, certificate rotation). */
export type CertificateUpdate = "allowed" | "refused";

/** What a PATCH makes of a subscription. */
export interface Renewal {
  readonly expiresAt: number;
  readonly notificationUrl: string;
  readonly encryption: EncryptionCertificate | null;
}

// "Do not mix reauthorize and PATCH on one subscription within 10 min" (section 3).
const mixingPauseMs = 600_000;

/** Throws 409 when the other way of renewing was used within the last 10 minutes. */
export function checkNotMixed(subscription: Subscription, kind: "patch" | "reauthorize", now: number): void {
  const last = subscription.lastRenewal;
  if (last === null || last.kind === kind || now - last.at >= mixingPauseMs) return;
  throw new GraphError(
    409,
    "Conflict",
    "A subscription cannot be renewed and reauthorized within 10 minutes of each other.",
  );
}

/** Reads the body of `PATCH /subscriptions/{id}`. Throws Graph's 400 for a property that cannot change. */
export function renewalOf(
  body: Readonly<Record<string, unknown>>,
  subscription: Subscription,
  now: number,
  certificateUpdate: CertificateUpdate,
): Renewal {
  checkNotMixed(subscription, "patch", now);
  const certificateNames =
    certificateUpdate === "allowed" ? ["encryptionCertificate", "encryptionCertificateId"] : [];
  const changeable = ["@odata.type", "expirationDateTime", "notificationUrl", ...certificateNames];
  const fixed = Object.keys(body).find((name) => !changeable.includes(name));
  if (fixed !== undefined) throw badRequest(`The property '${fixed}' of a subscription cannot be updated.`);
  const { expirationDateTime, notificationUrl } = body;
  return {
    expiresAt:
      expirationDateTime === undefined
        ? subscription.expiresAt
        : grantedExpiry(subscription.topic, expirationOf(String(expirationDateTime)), now),
    notificationUrl:
      notificationUrl === undefined
        ? subscription.notificationUrl
        : notificationUrlOf(String(notificationUrl), "notificationUrl"),
    encryption: encryptionOf(body) ?? subscription.encryption,
  };
}
