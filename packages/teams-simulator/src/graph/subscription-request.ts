import { X509Certificate } from "node:crypto";
import type { ChangeType, EncryptionCertificate } from "../notifications/subscription.ts";
import { badRequest, GraphError } from "./graph-error.ts";

/** A subscription as its creator asks for it, each property checked by itself. */
export interface SubscriptionRequest {
  readonly changeTypes: readonly ChangeType[];
  readonly resource: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly clientState: string | null;
  readonly expiresAt: number;
  readonly includeResourceData: boolean;
  readonly encryption: EncryptionCertificate | null;
  readonly latestSupportedTlsVersion: string;
}

type Body = Readonly<Record<string, unknown>>;

const known = [
  "@odata.type",
  "changeType",
  "resource",
  "notificationUrl",
  "lifecycleNotificationUrl",
  "clientState",
  "expirationDateTime",
  "includeResourceData",
  "encryptionCertificate",
  "encryptionCertificateId",
  "latestSupportedTlsVersion",
];
// The subscription resource says 128; another page says 255 (section 3). The narrower one is safe for both.
const maxClientStateChars = 128;
const maxCertificateIdChars = 128;
// RSA sizes that the documentation allows (section 4).
const keySizeBits = { min: 2_048, max: 4_096 };
const tlsVersions = ["v1_0", "v1_1", "v1_2", "v1_3"];
const loopbackHosts = ["127.0.0.1", "localhost", "[::1]"];

export function invalidRequest(message: string): GraphError {
  return new GraphError(400, "InvalidRequest", message);
}

function text(body: Body, name: string): string | null {
  const value = body[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") throw badRequest(`The property '${name}' must be a string.`);
  return value;
}

function required(body: Body, name: string): string {
  const value = text(body, name);
  if (value === null || value === "")
    throw invalidRequest(`${name} is a required property for subscription creation.`);
  return value;
}

function changeTypesOf(value: string): readonly ChangeType[] {
  const found = new Set<ChangeType>();
  for (const name of value.split(",").map((part) => part.trim().toLowerCase())) {
    if (name !== "created" && name !== "updated" && name !== "deleted") {
      throw invalidRequest(`'${name}' is not a changeType; created, updated and deleted are.`);
    }
    found.add(name);
  }
  return [...found].sort();
}

/** A URL that notifications may go to: https, or http on loopback, which only this tenant accepts. Throws Graph's 400. */
export function notificationUrlOf(value: string, name: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  const acceptable =
    url?.protocol === "https:" || (url?.protocol === "http:" && loopbackHosts.includes(url.hostname));
  if (!acceptable) throw invalidRequest(`${name} must be a valid https URL.`);
  return value;
}

/** `expirationDateTime` in epoch milliseconds. Throws Graph's 400 when it is no time. */
export function expirationOf(value: string): number {
  const time = Date.parse(value);
  if (Number.isNaN(time))
    throw badRequest(`Cannot convert '${value}' to Edm.DateTimeOffset: expirationDateTime.`);
  return time;
}

/** The certificate of a request or null, with Graph's 400 for a pair that is incomplete or unusable (section 4). */
export function encryptionOf(body: Body): EncryptionCertificate | null {
  const encoded = text(body, "encryptionCertificate");
  const id = text(body, "encryptionCertificateId");
  if (encoded === null && id === null) return null;
  if (encoded === null || id === null || id === "") {
    throw invalidRequest("encryptionCertificate and encryptionCertificateId must be given together.");
  }
  if (id.length > maxCertificateIdChars)
    throw invalidRequest("encryptionCertificateId is longer than 128 characters.");
  if (!/^[A-Za-z0-9+/]+=*$/.test(encoded)) {
    throw invalidRequest("encryptionCertificate must be the base64 of a DER certificate, without PEM lines.");
  }
  try {
    const certificate = new X509Certificate(Buffer.from(encoded, "base64"));
    const { publicKey } = certificate;
    const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
    if (publicKey.asymmetricKeyType !== "rsa" || bits < keySizeBits.min || bits > keySizeBits.max) {
      throw invalidRequest("The encryption certificate needs an RSA key of 2048 to 4096 bits.");
    }
    return { id, publicKey, thumbprint: certificate.fingerprint.replaceAll(":", "") };
  } catch (error) {
    if (error instanceof GraphError) throw error;
    throw new GraphError(400, "InvalidRequest", "The encryption certificate cannot be read.", {
      cause: error,
    });
  }
}

/** Reads the body of `POST /subscriptions`; rules between its properties are in `subscription-rules.ts`. */
export function subscriptionRequestOf(body: Body): SubscriptionRequest {
  const foreign = Object.keys(body).find((name) => !known.includes(name));
  if (foreign !== undefined)
    throw badRequest(`The property '${foreign}' is not supported on this subscription.`);
  const lifecycle = text(body, "lifecycleNotificationUrl");
  const clientState = text(body, "clientState");
  if (clientState !== null && clientState.length > maxClientStateChars) {
    throw invalidRequest(`clientState is longer than ${maxClientStateChars} characters.`);
  }
  const latestSupportedTlsVersion = text(body, "latestSupportedTlsVersion") ?? "v1_2";
  if (!tlsVersions.includes(latestSupportedTlsVersion))
    throw invalidRequest("latestSupportedTlsVersion is not known.");
  const { includeResourceData = false } = body;
  if (typeof includeResourceData !== "boolean")
    throw badRequest("includeResourceData must be true or false.");
  return {
    changeTypes: changeTypesOf(required(body, "changeType")),
    resource: required(body, "resource"),
    notificationUrl: notificationUrlOf(required(body, "notificationUrl"), "notificationUrl"),
    lifecycleNotificationUrl:
      lifecycle === null ? null : notificationUrlOf(lifecycle, "lifecycleNotificationUrl"),
    clientState,
    expiresAt: expirationOf(required(body, "expirationDateTime")),
    includeResourceData,
    encryption: encryptionOf(body),
    latestSupportedTlsVersion,
  };
}
